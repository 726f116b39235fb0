import type { World } from '../world.ts';

/**
 * What is left when the clock of PostgreSQL was so many hours ahead and is corrected: every time that was written lies that far in the
 * future. As the owner, with triggers off, since nothing is written here that a process would write.
 */
export const putClockBack = (world: World, hours: number) =>
  world.sql(`
    DO $$ DECLARE ahead interval := make_interval(hours => ${hours}); BEGIN
      SET LOCAL session_replication_role = replica;
      UPDATE operation SET requested_at = requested_at + ahead, next_tick_at = next_tick_at + ahead,
        lease_until = lease_until + ahead, failing_since = failing_since + ahead WHERE ended_at IS NULL;
      UPDATE lease SET until = until + ahead;
      UPDATE reconciliation SET requested_at = requested_at + ahead, started_at = started_at + ahead, ended_at = ended_at + ahead;
    END $$`);
