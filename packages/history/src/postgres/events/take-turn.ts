/*
 * Event ids are assigned before the statement commits: of two concurrent writers, the one with the lower id may become visible last, and a
 * reader that had resumed after the higher id would miss it. Writers of events of the same backup id are therefore serialized by a lock that
 * PostgreSQL releases right after the commit is visible. A new backup needs none: nobody reads its events yet.
 */

const TURN_KEY = (backupId: string): string => `pg_advisory_xact_lock(hashtextextended(${backupId}, 0))`;

/**
 * A CTE `turn` that waits for the turn of each backup id of `source`, a table or a subquery with an alias, which has a column `backup_id`.
 * Taken last, so that no two processes deadlock.
 */
export const takeTurn = (source: string): string => `turn AS MATERIALIZED (
  SELECT ${TURN_KEY('t.backup_id')} FROM (SELECT DISTINCT backup_id FROM ${source} WHERE backup_id IS NOT NULL ORDER BY 1) t
)`;

/** To be joined where events are inserted, so that their ids are assigned while the lock is held. */
export const TURN = '(SELECT count(*) FROM turn) turns';
