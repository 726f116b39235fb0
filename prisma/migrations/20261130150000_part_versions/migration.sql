-- AlterTable
ALTER TABLE "part" ADD COLUMN "oldest_created" INTEGER,
    ADD COLUMN "oldest_index" TEXT;

-- CreateIndex
CREATE INDEX "part_by_version" ON "part"("version_id", "backup_key") WHERE (state = 'SUCCESS');

-- CreateIndex
CREATE INDEX "part_by_oldest_index" ON "part"("oldest_created", "backup_key") WHERE (state = 'SUCCESS');
