-- AlterTable
ALTER TABLE "operation" ADD COLUMN     "suspended_at" TIMESTAMPTZ(6),
ADD COLUMN     "suspension" JSONB;

-- DropIndex
DROP INDEX "operation_one_open_restore";

-- CreateIndex
CREATE UNIQUE INDEX "operation_one_open_restore" ON "operation"("restore_cluster") WHERE (ended_at IS NULL AND suspended_at IS NULL AND restore_cluster IS NOT NULL);

-- DropIndex
DROP INDEX "operation_waiting_creates";

-- CreateIndex
CREATE INDEX "operation_waiting_creates" ON "operation"("lane", "position") WHERE (ended_at IS NULL AND suspended_at IS NULL AND create_slot IS NULL);

-- By hand from here on: Prisma's schema has no words for check constraints.

-- A worker of the previous version, which does not know SUSPENDED, cannot claim such an operation: RUNNING would violate the second one.
ALTER TABLE "operation"
    DROP CONSTRAINT "operation_state_known",
    ADD CONSTRAINT "operation_state_known" CHECK (state IN ('QUEUED', 'RUNNING', 'WAITING', 'SUSPENDED', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    ADD CONSTRAINT "operation_suspended" CHECK ((suspended_at IS NOT NULL) = (state = 'SUSPENDED') AND (suspension IS NOT NULL) = (state = 'SUSPENDED')),
    ADD CONSTRAINT "operation_suspended_without_slot" CHECK (suspended_at IS NULL OR create_slot IS NULL);

-- As before, but for SUSPENDED ones: a backup whose deletion waits for an operator can be held.
CREATE OR REPLACE FUNCTION "open_deletion_of"(asked BIGINT) RETURNS UUID LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN (SELECT o.id FROM operation o
        WHERE o.backup_key = asked AND o.ended_at IS NULL AND o.suspended_at IS NULL AND o.kind = 'delete'
            AND NOT coalesce((o.detail -> 'onlyUnfinished')::boolean, false));
END $$;
