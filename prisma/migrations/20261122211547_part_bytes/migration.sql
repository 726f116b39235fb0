-- AlterTable
ALTER TABLE "part" ADD COLUMN "bytes" BIGINT;
