import { columns, json, list, total } from '../sql/statement.ts';
import { isActive } from './transition-sql.ts';
/**
 * A CTE `next`: where the create `f` in CTE `ended` has ended, or left the line, the first create in the line of the repository is due now, and
 * the restore that waits for it as its safety backup. One with a running tick is skipped: its end waits for this row's backup.
 */
export const wakeNext = (ended: string, hasLeft = 'f.ended_at IS NOT NULL'): string => `next AS (
  UPDATE operation w SET next_tick_at = least(w.next_tick_at, now()), wait_ms = 0
  FROM ${ended} f
  WHERE ${hasLeft} AND f.kind = 'create' AND w.ended_at IS NULL AND w.id = ANY (ARRAY(
    SELECT o.id FROM operation o
    WHERE o.lane = f.lane AND ${isActive('o')} AND o.create_slot IS NULL AND o.kind = 'create'
      AND o.id NOT IN (SELECT id FROM ${ended})
    ORDER BY o.position LIMIT 1
  ) || ARRAY(
    SELECT r.id FROM operation r
    WHERE r.id = (SELECT b.safety_of FROM backup b WHERE b.key = f.backup_key) AND r.state = 'WAITING'
    FOR UPDATE SKIP LOCKED
  ))
  RETURNING w.id, w.revision
)`;

/** Rows of `id` and `revision` as the list of due operations. */
export const dueFrom = (rows: string) =>
  total(list(json({ operationId: operation.id, revision: operation.revision })), `FROM ${rows}`);

const operation = columns<'Operation'>();
