-- By hand: Prisma's schema has no words for generated columns, and its diff takes this one for an ordinary one.
ALTER TABLE "backup" ADD COLUMN "requested_by_name" TEXT
    GENERATED ALWAYS AS (coalesce(requested_by ->> 'name', requested_by ->> 'address')) STORED;

-- CreateIndex
CREATE INDEX "backup_by_actor" ON "backup"("requested_by_name", "requested_at", "key");

-- CreateIndex
CREATE INDEX "backup_by_request" ON "backup"("state", "requested_at", "key");

-- CreateIndex
CREATE INDEX "backup_by_finish" ON "backup"("state", "finished_at", "key") WHERE (finished_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "backup_deleted_by_request" ON "backup"("requested_at", "key") WHERE (deleted_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "backup_never_proven" ON "backup"("requested_at", "key") WHERE (deleted_at IS NULL AND proof IS NULL);

-- CreateIndex
CREATE INDEX "backup_proven" ON "backup"("requested_at", "key") WHERE (deleted_at IS NULL AND proof IS NOT NULL);

-- CreateIndex
CREATE INDEX "part_by_snapshot" ON "part"("snapshot_name");

-- CreateIndex
CREATE INDEX "index_list_by_name" ON "index_list" USING GIN ("names");

-- CreateIndex
CREATE INDEX "event_by_time" ON "event"("at", "id");
