-- An id that is used every night for years has thousands of deleted incarnations: a page of them is read in order, not sorted out of all.
-- Written to by deletions alone.

-- CreateIndex
CREATE INDEX "backup_deleted_by_id_in_order" ON "backup"("backup_id", "requested_at", "key") WHERE (deleted_at IS NOT NULL);

-- DropIndex
DROP INDEX "backup_deleted_by_id";
