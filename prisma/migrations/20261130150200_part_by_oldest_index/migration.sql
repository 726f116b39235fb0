-- CreateIndex
CREATE INDEX "part_by_oldest_index" ON "part"("oldest_created", "backup_key") WHERE (state = 'SUCCESS' AND oldest_created IS NOT NULL);
