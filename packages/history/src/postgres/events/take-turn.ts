/*
 * Numbers of events are given before the statement commits: of two that write at once, the one with the lower number may appear last,
 * and a reader that had gone on with the higher one would miss it. Those who write events of one backup id therefore take turns, by a lock
 * that PostgreSQL gives back right after the commit was made visible. A new backup needs none: nobody reads its events yet.
 */

const TURN_KEY = (backupId: string): string => `pg_advisory_xact_lock(hashtextextended(${backupId}, 0))`;

/**
 * A CTE `turn` that waits for the turn of each backup id of `source`, a table or a subquery with an alias, which has a column `backup_id`.
 * Taken last, so that no two processes deadlock.
 */
export const takeTurn = (source: string): string => `turn AS MATERIALIZED (
  SELECT ${TURN_KEY('t.backup_id')} FROM (SELECT DISTINCT backup_id FROM ${source} WHERE backup_id IS NOT NULL ORDER BY 1) t
)`;

/** To be joined where events are inserted: their numbers are drawn after the turn has come. */
export const TURN = '(SELECT count(*) FROM turn) turns';
