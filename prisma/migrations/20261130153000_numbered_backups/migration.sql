-- GET /actuator/backups lists the backups whose id is a whole number, however many others the history has. The index holds those alone, so that
-- accepting a backup with another id costs nothing more.

-- CreateIndex
CREATE INDEX "backup_numbered" ON "backup"("requested_at", "key") WHERE (deleted_at IS NULL AND backup_id ~ '^[1-9][0-9]{0,15}$');
