-- CreateTable
CREATE TABLE "history" (
    "only" BOOLEAN NOT NULL DEFAULT true,
    "id" UUID NOT NULL,
    "epoch" UUID NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rolled_back_at" TIMESTAMPTZ(6),
    "rollback" JSONB,

    CONSTRAINT "history_pkey" PRIMARY KEY ("only")
);


-- By hand from here on: Prisma's schema has no words for check constraints and rows.

ALTER TABLE "history"
    ADD CONSTRAINT "history_one_row" CHECK ("only"),
    ADD CONSTRAINT "history_rollback_with_its_time" CHECK ((rolled_back_at IS NULL) = (rollback IS NULL));

-- Drawn once; a dump keeps it.
INSERT INTO "history" ("id", "epoch") VALUES (gen_random_uuid(), gen_random_uuid());
