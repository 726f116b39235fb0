-- AlterTable
ALTER TABLE "backup" ADD COLUMN "settings_digest" TEXT;

-- CreateTable
CREATE TABLE "changed_repository" (
    "lane" TEXT NOT NULL,
    "location" JSONB NOT NULL,
    "missing" INTEGER NOT NULL,
    "settings" TEXT NOT NULL,
    "noticed_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "accepted_at" TIMESTAMPTZ(6),

    CONSTRAINT "changed_repository_pkey" PRIMARY KEY ("lane")
);
