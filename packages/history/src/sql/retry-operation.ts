import { isRefusedBy } from '../database-failure.ts';
import type { Database } from '../open-database.ts';
import { isOperationId } from '../operation-id.ts';
import type { Asked, Retried } from '../operations-port.ts';
import { asHold, type HoldJson } from './backup-json.ts';
import { HOLD_JSON, NOT_HELD } from './held.ts';
import { askedFrom, askedRow, ONE_OPEN } from './open-deletion.ts';
import { ONE_RESTORE } from './restore-rows.ts';
import { TURN, takeTurn } from './take-turn.ts';

/** Of an operation `t`: it deletes nothing that was saved. */
export const TAKES_NOTHING = `(t.kind <> 'delete' OR coalesce((t.detail -> 'onlyUnfinished')::boolean, false))`;

/** Of an operation `o`: a restore that deletes indices. */
const DELETES_INDICES = `(o.kind = 'restore' AND o.detail #> '{task,deletes,0}' IS NOT NULL)`;

const RETRY = `
WITH ${askedFrom('$2')}, target AS (
  SELECT o.* FROM operation o WHERE o.id = $1::uuid AND o.state = 'FAILED' AND NOT ${DELETES_INDICES} FOR UPDATE
), in_the_way AS (
  SELECT o.id FROM operation o, target t WHERE o.backup_key = t.backup_key AND o.ended_at IS NULL
  UNION ALL
  SELECT r.id FROM target t, LATERAL (SELECT cluster_uuid FROM backup WHERE key = t.backup_key LIMIT 1) b, operation r
  WHERE r.restore_cluster = CASE t.kind WHEN 'restore' THEN t.restore_cluster WHEN 'create' THEN b.cluster_uuid END
    AND r.ended_at IS NULL AND r.suspended_at IS NULL AND (t.kind = 'restore' OR (r.detail -> 'inPlace')::boolean)
), place AS (
  SELECT b.key, b.backup_id FROM backup b
  WHERE b.key = (SELECT backup_key FROM target WHERE NOT EXISTS (SELECT FROM in_the_way)) AND b.deleted_at IS NULL
    AND (${NOT_HELD} OR (SELECT ${TAKES_NOTHING} FROM target t)) FOR UPDATE
), retried AS (
  UPDATE operation o SET state = 'QUEUED', revision = o.revision + 1, trigger = 'person', create_slot = NULL, next_tick_at = now(),
    failed_tries = 0, failing_since = NULL, error_class = NULL, failure = NULL, ended_at = NULL,
    detail = CASE WHEN o.kind IN ('restore', 'rehearse') THEN o.detail || jsonb_build_object('progressAt', now()) ELSE o.detail END
  FROM target t WHERE o.id = t.id AND EXISTS (SELECT FROM place)
  RETURNING o.*, t.failure ->> 'code' AS code
), backup_row AS (
  UPDATE backup SET state = 'IN_PROGRESS', state_seen_at = now(), finished_at = NULL, failure = NULL
  WHERE key = (SELECT backup_key FROM retried WHERE kind = 'create')
), ${takeTurn('place')}
, events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, kind, actor, source, reason, request_id, before, after)
  SELECT p.key, p.backup_id, r.id, 'operation.retried', a.actor, 'api', a.reason, a.request_id,
    jsonb_strip_nulls(jsonb_build_object('operationId', r.id, 'kind', r.kind, 'state', 'FAILED', 'code', r.code)),
    jsonb_strip_nulls(jsonb_build_object('operationId', r.id, 'kind', r.kind, 'state', r.state,
      'backup', CASE r.kind WHEN 'create' THEN 'IN_PROGRESS' END))
  FROM asked a, place p, retried r, ${TURN}
)
SELECT jsonb_build_object(
  'revision', (SELECT revision FROM retried),
  'failed', o.state = 'FAILED',
  'deletesIndices', ${DELETES_INDICES},
  'deleted', (SELECT b.deleted_at IS NOT NULL FROM backup b WHERE b.key = o.backup_key),
  'busy', EXISTS (SELECT FROM in_the_way),
  'hold', (SELECT ${HOLD_JSON} FROM backup b, target t WHERE b.key = t.backup_key AND NOT ${TAKES_NOTHING})
) AS answer
FROM operation o WHERE o.id = $1::uuid`;

type Answer = {
  readonly revision: number | null;
  readonly failed: boolean;
  readonly deletesIndices: boolean;
  readonly deleted: boolean;
  readonly busy: boolean;
  readonly hold: HoldJson | null;
};

/** Undefined: somebody else was faster; it is to be looked at again. */
const asRetried = (operationId: string, answer: Answer | undefined): Retried | undefined => {
  if (answer === undefined) return { done: false, why: 'unknown' };
  if (answer.revision !== null) return { done: true, operation: { operationId, revision: answer.revision } };
  if (!answer.failed) return { done: false, why: 'not-failed' };
  if (answer.deletesIndices) return { done: false, why: 'deletes-indices' };
  if (answer.deleted) return { done: false, why: 'deleted' };
  const hold = asHold(answer.hold);
  if (hold !== undefined) return { done: false, why: 'held', hold };
  return answer.busy ? { done: false, why: 'busy' } : undefined;
};

const ask = async (database: Database, operationId: string, row: string): Promise<Retried | undefined> => {
  try {
    return asRetried(operationId, await database.ask<Answer>(RETRY, operationId, row));
  } catch (error) {
    if (isRefusedBy(error, ONE_OPEN) || isRefusedBy(error, ONE_RESTORE)) return undefined;
    throw error;
  }
};

const TRIES = 5;

export const retryOperation =
  (database: Database) =>
  async (operationId: string, asked: Asked): Promise<Retried> => {
    if (!isOperationId(operationId)) return { done: false, why: 'unknown' };
    const row = askedRow(asked, undefined);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const retried = await ask(database, operationId, row);
      if (retried) return retried;
    }
    return { done: false, why: 'busy' };
  };
