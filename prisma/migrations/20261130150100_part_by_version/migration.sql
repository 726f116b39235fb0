-- CreateIndex
CREATE INDEX "part_by_version" ON "part"("version_id", "backup_key") WHERE (state = 'SUCCESS');
