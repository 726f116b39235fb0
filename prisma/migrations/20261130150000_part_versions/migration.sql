-- The columns alone: the lock of ALTER TABLE, which keeps reads out too, lasts to the end of its transaction. Each index has a migration of its own.

-- AlterTable
ALTER TABLE "part" ADD COLUMN "oldest_created" INTEGER,
    ADD COLUMN "oldest_index" TEXT;
