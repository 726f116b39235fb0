-- AlterTable
ALTER TABLE "part" ADD COLUMN "drift" TEXT,
    ADD COLUMN "drift_uuid" TEXT,
    ADD COLUMN "drift_noticed_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "reconciliation" (
    "id" UUID NOT NULL,
    "trigger" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "request_id" TEXT,
    "actor" JSONB NOT NULL,
    "open" BOOLEAN DEFAULT true,
    "started_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),
    "complete" BOOLEAN NOT NULL DEFAULT false,
    "result" JSONB,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_one_open" ON "reconciliation"("open");

-- CreateIndex
CREATE INDEX "reconciliation_by_end" ON "reconciliation"("ended_at") WHERE (ended_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "reconciliation_complete" ON "reconciliation"("ended_at") WHERE (complete);

-- By hand from here on: Prisma's schema has no words for check constraints, and its diff does not look at them.

-- Not looked for in the parts that there are: they have none.
ALTER TABLE "part"
    ADD CONSTRAINT "part_drift_known" CHECK (drift IN ('vanished', 'replaced', 'foreign')) NOT VALID,
    ADD CONSTRAINT "part_drift_noticed" CHECK ((drift IS NULL) = (drift_noticed_at IS NULL)) NOT VALID;

ALTER TABLE "reconciliation"
    ADD CONSTRAINT "reconciliation_trigger_known" CHECK (trigger IN ('schedule', 'request')),
    ADD CONSTRAINT "reconciliation_open_until_end" CHECK ((open IS NULL) = (ended_at IS NOT NULL) AND open IS NOT FALSE),
    ADD CONSTRAINT "reconciliation_complete_at_end" CHECK (ended_at IS NOT NULL OR NOT complete);
