-- AlterTable
ALTER TABLE "backup" ADD COLUMN "repository_check" JSONB;
