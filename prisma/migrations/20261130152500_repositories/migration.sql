-- CreateTable
CREATE TABLE "repository_verification" (
    "lane" TEXT NOT NULL,
    "cluster_uuid" TEXT NOT NULL,
    "repository" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "result" JSONB NOT NULL,

    CONSTRAINT "repository_verification_pkey" PRIMARY KEY ("lane")
);

-- CreateIndex
CREATE INDEX "backup_by_repository" ON "backup"("cluster_uuid", "repository", "key") WHERE (deleted_at IS NULL AND cluster_uuid >= '');
