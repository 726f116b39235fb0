import type { Database } from '../open-database.ts';
import { isOperationId } from '../operation-id.ts';
import type { Released, SuspensionHistory } from '../suspensions-port.ts';
import { asHold, type HoldJson } from './backup-json.ts';
import { HOLD_JSON, NOT_HELD } from './held.ts';
import { askedFrom, askedRow } from './open-deletion.ts';
import { forbidsCreates, isRestore } from './restore-rows.ts';
import { TAKES_NOTHING } from './retry-operation.ts';
import { TURN, takeTurn } from './take-turn.ts';

const RELEASE = `
WITH ${askedFrom('$2')}, target AS (
  SELECT o.* FROM operation o WHERE o.id = $1::uuid AND o.ended_at IS NULL AND o.suspended_at IS NOT NULL AND NOT ${isRestore('o')} FOR UPDATE
), in_the_way AS (
  SELECT r.id FROM target t, LATERAL (SELECT cluster_uuid FROM backup WHERE key = t.backup_key LIMIT 1) b, operation r
  WHERE t.kind = 'create' AND ${forbidsCreates('b.cluster_uuid', "t.detail ->> 'safetyOf'")}
), place AS (
  SELECT b.key, b.backup_id FROM backup b
  WHERE b.key = (SELECT backup_key FROM target WHERE NOT EXISTS (SELECT FROM in_the_way))
    AND (${NOT_HELD} OR (SELECT ${TAKES_NOTHING} FROM target t)) FOR UPDATE
), released AS (
  UPDATE operation o SET state = 'QUEUED', revision = o.revision + 1, suspended_at = NULL, suspension = NULL, trigger = 'person',
    next_tick_at = now(), failed_tries = 0, failing_since = NULL, error_class = NULL
  FROM target t WHERE o.id = t.id AND EXISTS (SELECT FROM place)
  RETURNING o.*, t.suspension ->> 'code' AS code
), backup_row AS (
  UPDATE backup SET state = 'IN_PROGRESS', state_seen_at = now(), failure = NULL
  WHERE key = (SELECT backup_key FROM released WHERE kind = 'create')
), ${takeTurn('place')}
, events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, kind, actor, source, reason, request_id, before, after)
  SELECT p.key, p.backup_id, r.id, 'operation.released', a.actor, 'api', a.reason, a.request_id,
    jsonb_strip_nulls(jsonb_build_object('operationId', r.id, 'kind', r.kind, 'state', 'SUSPENDED', 'code', r.code)),
    jsonb_strip_nulls(jsonb_build_object('operationId', r.id, 'kind', r.kind, 'state', r.state,
      'backup', CASE r.kind WHEN 'create' THEN 'IN_PROGRESS' END))
  FROM asked a, place p, released r, ${TURN}
)
SELECT jsonb_build_object(
  'revision', (SELECT revision FROM released),
  'suspended', o.ended_at IS NULL AND o.suspended_at IS NOT NULL,
  'restore', ${isRestore('o')},
  'busy', EXISTS (SELECT FROM in_the_way),
  'hold', (SELECT ${HOLD_JSON} FROM backup b, target t WHERE b.key = t.backup_key AND NOT ${TAKES_NOTHING})
) AS answer
FROM operation o WHERE o.id = $1::uuid`;

type Answer = {
  readonly revision: number | null;
  readonly suspended: boolean;
  readonly restore: boolean;
  readonly busy: boolean;
  readonly hold: HoldJson | null;
};

/** Undefined: it was released or ended, or its backup held, at the same moment; it is read again. */
const asReleased = (operationId: string, answer: Answer | undefined): Released | undefined => {
  if (answer === undefined) return { done: false, why: 'unknown' };
  if (answer.revision !== null) return { done: true, operation: { operationId, revision: answer.revision } };
  if (!answer.suspended) return { done: false, why: 'not-suspended' };
  if (answer.restore) return { done: false, why: 'restore' };
  const hold = asHold(answer.hold);
  if (hold !== undefined) return { done: false, why: 'held', hold };
  return answer.busy ? { done: false, why: 'busy' } : undefined;
};

const TRIES = 5;

export const releaseOperation =
  (database: Database): SuspensionHistory['releaseOperation'] =>
  async (operationId, { actor, reason, requestId }) => {
    if (!isOperationId(operationId)) return { done: false, why: 'unknown' };
    const row = askedRow({ actor, reason, requestId }, undefined);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const released = asReleased(operationId, await database.ask<Answer>(RELEASE, operationId, row));
      if (released) return released;
    }
    throw new Error(`Operation ${operationId} is SUSPENDED, and cannot be released.`);
  };
