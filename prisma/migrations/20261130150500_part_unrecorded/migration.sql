-- CreateIndex
CREATE INDEX "part_unrecorded_index" ON "part"("version_id", "backup_key") WHERE (state = 'SUCCESS' AND oldest_created IS NULL);
