-- AlterTable
ALTER TABLE "backup" ADD COLUMN "labels" JSONB,
    ADD COLUMN "note" TEXT,
    ADD COLUMN "hold" JSONB,
    ADD COLUMN "held_until" TIMESTAMPTZ(6);

-- CreateIndex
CREATE INDEX "backup_held" ON "backup"("requested_at", "key") WHERE (held_until IS NOT NULL);


-- By hand from here on: Prisma's schema has no words for check constraints and functions, and its diff does not look at them.

-- Not looked for in the rows that there are: they have neither.
ALTER TABLE "backup"
    ADD CONSTRAINT "backup_hold_has_end" CHECK ((hold IS NULL) = (held_until IS NULL)) NOT VALID;

-- Whether a deletion that takes what was saved is open as of now. A statement sees the operations of its beginning; one that has waited for
-- the lock of a backup must see those that came meanwhile, and a volatile function does.
CREATE FUNCTION "open_deletion_of"(asked BIGINT) RETURNS UUID LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN (SELECT o.id FROM operation o
        WHERE o.backup_key = asked AND o.ended_at IS NULL AND o.kind = 'delete' AND NOT coalesce((o.detail -> 'onlyUnfinished')::boolean, false));
END $$;
