-- AlterTable
ALTER TABLE "backup" ADD COLUMN "ownership" JSONB;

-- CreateIndex
CREATE INDEX "backup_by_installation" ON "backup"("repository_key", "index_prefix", "key") WHERE (ownership IS NOT NULL);
