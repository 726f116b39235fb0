import type { HistoryUnderTest } from '../conformance/history-under-test.ts';
import type { History } from '../ports/history.ts';
import { query } from './real-postgres.ts';

/** As the owner, with triggers off: nobody else may take events away. */
const EMPTY = `
DO $$ DECLARE tables text; BEGIN
  SET LOCAL session_replication_role = replica;
  SELECT string_agg(format('%I', relname), ', ') INTO tables FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ('_prisma_migrations', 'history');
  EXECUTE 'TRUNCATE ' || tables || ' RESTART IDENTITY';
  UPDATE history SET epoch = gen_random_uuid(), heartbeat_at = now(), rolled_back_at = NULL, rollback = NULL;
END $$`;

// Triggers off here, too: one would measure the wait again.
const ageBy = (ms: number): string => `
SET session_replication_role = replica;
WITH by AS (SELECT make_interval(secs => ${ms}::float8 / 1000) AS age), operations AS (
  UPDATE operation SET next_tick_at = next_tick_at - age, lease_until = lease_until - age, requested_at = requested_at - age,
    failing_since = failing_since - age, ended_at = ended_at - age, suspended_at = suspended_at - age FROM by
), leases AS (
  UPDATE lease SET until = until - age FROM by
), keys AS (
  UPDATE idempotency_key SET claimed_at = claimed_at - age, answered_at = answered_at - age, expires_at = expires_at - age FROM by
), verifications AS (
  UPDATE repository_verification SET verified_at = verified_at - age FROM by
), plans AS (
  UPDATE restore_plan SET planned_at = planned_at - age, expires_at = expires_at - age FROM by
), reconciliations AS (
  UPDATE reconciliation SET requested_at = requested_at - age, started_at = started_at - age, ended_at = ended_at - age FROM by
), doctor_runs AS (
  UPDATE doctor_run SET requested_at = requested_at - age, until = until - age, ended_at = ended_at - age FROM by
), api_keys AS (
  UPDATE api_key SET created_at = created_at - age, expires_at = expires_at - age, revoked_at = revoked_at - age, last_used_at = last_used_at - age FROM by
)
UPDATE backup SET finished_at = finished_at - age, state_seen_at = state_seen_at - age, deleted_at = deleted_at - age,
  held_until = held_until - age FROM by`;

/** The same history for every test, emptied; time passes by making rows older. */
export const agedHistory = async (url: string, history: History): Promise<Omit<HistoryUnderTest, 'exports'>> => {
  await query(url, EMPTY);
  return {
    history,
    advance: async (ms) => {
      await query(url, ageBy(ms));
    },
  };
};
