-- AlterTable
ALTER TABLE "operation" ADD COLUMN "wait_ms" DOUBLE PRECISION NOT NULL DEFAULT 0;

-- By hand: what waits now was written without it.
UPDATE "operation" SET wait_ms = extract(epoch FROM next_tick_at - now()) * 1000 WHERE ended_at IS NULL AND next_tick_at > now();
