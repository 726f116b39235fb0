-- CreateTable
CREATE TABLE "restore_plan" (
    "hash" BYTEA NOT NULL,
    "backup_id" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "body" BYTEA NOT NULL,

    CONSTRAINT "restore_plan_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "restore_plan_by_age" ON "restore_plan"("planned_at", "hash") WHERE (expires_at IS NOT NULL);


-- By hand from here on: the contents are compressed already.

ALTER TABLE "restore_plan" ALTER COLUMN "body" SET STORAGE EXTERNAL;
