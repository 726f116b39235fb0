-- CreateTable
CREATE TABLE "seal" (
    "number" BIGINT NOT NULL,
    "previous" BYTEA,
    "hash" BYTEA NOT NULL,
    "events" JSONB NOT NULL,
    "count" INTEGER NOT NULL,
    "root" BYTEA NOT NULL,
    "through" BIGINT NOT NULL,
    "waiting" JSONB NOT NULL,
    "sealed_at" TIMESTAMPTZ(6) NOT NULL,
    "signature" BYTEA,
    "key_id" BYTEA,
    "span" int8range NOT NULL,

    CONSTRAINT "seal_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "seal_by_event" ON "seal" USING GIST ("span");


-- By hand from here on: Prisma's schema has no words for check constraints and triggers.

ALTER TABLE "seal"
    ADD CONSTRAINT "seal_chained" CHECK ((number = 1) = (previous IS NULL) AND number >= 1),
    ADD CONSTRAINT "seal_signed_by_a_key" CHECK ((signature IS NULL) = (key_id IS NULL));

CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "seal"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
