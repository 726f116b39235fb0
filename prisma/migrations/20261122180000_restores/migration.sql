-- AlterTable
ALTER TABLE "backup" ADD COLUMN "proof" JSONB,
    ADD COLUMN "doubt" JSONB;

-- AlterTable
ALTER TABLE "part" ADD COLUMN "manifest_before" BYTEA,
    ADD COLUMN "manifest_after" BYTEA;

-- AlterTable
ALTER TABLE "operation" ADD COLUMN "restore_cluster" TEXT;

-- CreateTable
CREATE TABLE "content" (
    "digest" BYTEA NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "content_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE UNIQUE INDEX "operation_one_open_restore" ON "operation"("restore_cluster") WHERE (ended_at IS NULL AND restore_cluster IS NOT NULL);

-- CreateIndex
CREATE INDEX "operation_succeeded_restores" ON "operation"("ended_at", "position") WHERE (kind IN ('restore', 'rehearse') AND state = 'SUCCEEDED');

-- CreateIndex
CREATE INDEX "operation_ended_rehearsals" ON "operation"("ended_at", "position") WHERE (kind = 'rehearse' AND ended_at IS NOT NULL);


-- By hand from here on: Prisma's schema has no words for check constraints, and its diff does not look at them.

ALTER TABLE "part"
    ADD CONSTRAINT "part_manifest_begins" CHECK (manifest_after IS NULL OR manifest_before IS NOT NULL);

ALTER TABLE "operation"
    ADD CONSTRAINT "operation_cluster_of_restore" CHECK ((restore_cluster IS NOT NULL) = (kind = 'restore'));
