import type { Evidence, OperationChange, Recorded } from '../../ports/ledger.ts';
import { mergedParts } from '../../ports/merged-parts.ts';
import { storableJson } from '../../ports/storable.ts';
import type { SuspensionHistory } from '../../ports/suspensions.ts';
import { type Digest, keepIndexLists, PART_CHANGES, partRows, partsFrom } from '../backups/part-rows.ts';
import type { Database } from '../connection/open-database.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';
import { TURN, takeTurn } from '../events/take-turn.ts';
import { safetyHoldEnds, safetyHoldEvent } from '../labels/safety-hold.ts';
import { answer, columns, json, statement } from '../sql/statement.ts';
import { stateAfter } from './transition-sql.ts';
import { dueFrom, wakeNext } from './wake-next.ts';

const f = columns<'Operation'>('f');

// Keys come from scalar subqueries where they can, so that a plan made while the tables were empty still goes by their indexes later.
// `fenced` is the operation if the claim still holds; everything else depends on it, so that an overtaken claim writes nothing.
const recordWhile = (state: 'RUNNING' | 'SUSPENDED') => statement`
WITH change AS (
  SELECT * FROM jsonb_to_record($3::jsonb) AS c(step text, in_ms float8, waiting_for text, state text, backup text, failure jsonb,
    repository_uuid text, tries text, attempt jsonb, detail jsonb, deleted boolean, proof jsonb,
    partial_proof jsonb, doubt jsonb, ends_doubt boolean, has_evidence boolean, ownership jsonb, repository_check jsonb)
), fenced AS (
  UPDATE operation o SET
    revision = CASE c.step WHEN 'hold' THEN o.revision ELSE o.revision + 1 END,
    state = CASE c.step WHEN 'hold' THEN o.state WHEN 'wait' THEN ${stateAfter('wait')} ELSE c.state END,
    worker = CASE c.step WHEN 'hold' THEN o.worker END,
    lease_until = CASE c.step WHEN 'hold' THEN o.lease_until END,
    next_tick_at = CASE c.step WHEN 'wait' THEN now() + make_interval(secs => c.in_ms / 1000) ELSE o.next_tick_at END,
    wait_ms = CASE c.step WHEN 'wait' THEN c.in_ms ELSE o.wait_ms END,
    ended_at = CASE c.step WHEN 'end' THEN now() END,
    failure = CASE c.step WHEN 'end' THEN c.failure ELSE o.failure END,
    suspended_at = NULL,
    suspension = NULL,
    attempts = o.attempts + (c.attempt IS NOT NULL)::int,
    failed_tries = CASE c.tries WHEN 'failed' THEN o.failed_tries + 1 WHEN 'progress' THEN 0 ELSE o.failed_tries END,
    failing_since = CASE c.tries WHEN 'failed' THEN coalesce(o.failing_since, now()) WHEN 'progress' THEN NULL
      ELSE o.failing_since END,
    error_class = CASE WHEN c.attempt IS NOT NULL THEN c.attempt ->> 'error_class' WHEN c.tries = 'progress' THEN NULL
      ELSE o.error_class END,
    trigger = CASE WHEN c.attempt IS NULL THEN o.trigger WHEN c.attempt ->> 'error_class' IS NULL THEN 'request' ELSE 'retry' END,
    detail = (o.detail || coalesce(c.detail, '{}')) - 'waitingFor'
      || CASE WHEN c.waiting_for IS NULL THEN '{}' ELSE jsonb_build_object('waitingFor', c.waiting_for) END
  FROM change c
  WHERE o.id = $1::uuid AND o.revision = $2::int AND o.state = '${state}'
  RETURNING o.*
), reported AS (
  SELECT n.* FROM ${partsFrom('$4')}, fenced
), lists AS (${keepIndexLists('reported')}
), parts AS (
  UPDATE part p SET ${PART_CHANGES}
  FROM reported n WHERE p.backup_key = (SELECT backup_key FROM fenced) AND p.number = n.number
), learned AS (
  SELECT b.key, c.repository_uuid FROM change c, backup b
  WHERE b.key = (SELECT backup_key FROM fenced) AND c.repository_uuid IS NOT NULL AND b.repository_uuid IS NULL AND NOT EXISTS (
    SELECT FROM backup other
    WHERE other.backup_id = b.backup_id AND other.repository_key = c.repository_uuid AND other.deleted_at IS NULL
  )
), backup_row AS (
  UPDATE backup b SET
    state = CASE c.step WHEN 'end' THEN coalesce(c.backup, b.state) ELSE b.state END,
    state_seen_at = CASE WHEN c.step = 'end' AND c.backup IS NOT NULL THEN now() ELSE b.state_seen_at END,
    finished_at = CASE WHEN c.step = 'end' AND f.kind = 'create' THEN now() ELSE b.finished_at END,
    failure = CASE WHEN c.step = 'end' AND f.kind = 'create' THEN c.failure ELSE b.failure END,
    repository_check = CASE WHEN c.step = 'end' AND f.kind = 'create' THEN c.repository_check ELSE b.repository_check END,
    deleted_at = CASE WHEN c.step = 'end' AND f.kind = 'delete' AND c.deleted THEN now() ELSE b.deleted_at END,
    proof = coalesce(c.proof, b.proof),
    partial_proof = coalesce(c.partial_proof, b.partial_proof),
    doubt = CASE WHEN c.proof IS NULL AND c.ends_doubt IS NOT TRUE THEN coalesce(c.doubt, b.doubt) END,
    ownership = coalesce(c.ownership, b.ownership),
    repository_uuid = coalesce(l.repository_uuid, b.repository_uuid),
    repository_key = coalesce(l.repository_uuid, b.repository_key)
  FROM change c, fenced f LEFT JOIN learned l ON true
  WHERE b.key = f.backup_key AND (c.step = 'end' OR c.has_evidence OR c.ownership IS NOT NULL OR l.key IS NOT NULL)
), attempt_row AS (
  INSERT INTO attempt (operation_id, number, part, trigger, actor, error_class, reason, started_at, next_try_at)
  SELECT f.id, f.attempts, a.part, a.trigger, a.actor, a.error_class, a.reason, a.started_at,
    now() + make_interval(secs => a.next_in_ms / 1000)
  FROM fenced f, change c, jsonb_to_record(c.attempt) AS a(part int, trigger text, actor jsonb, error_class text, reason jsonb,
    started_at timestamptz, next_in_ms float8)
  WHERE c.attempt IS NOT NULL
), ${safetyHoldEnds('fenced')}
, named AS (
  SELECT b.key, b.backup_id FROM backup b
  WHERE b.key = (SELECT backup_key FROM fenced) AND jsonb_array_length($5::jsonb) > 0
), ${takeTurn('(SELECT backup_id FROM named UNION ALL SELECT backup_id FROM safety) touched')}
, events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, ${EVENT_COLUMNS})
  SELECT n.key, n.backup_id, f.id, ${EVENT_VALUES}
  FROM fenced f, named n, ${TURN}, ${eventsFrom('$5')} ORDER BY e.ordinal
), ${safetyHoldEvent('fenced')}
, ${wakeNext('fenced')}
SELECT ${answer(json({ revision: f.revision, next: dueFrom('next') }))} FROM fenced f`;

const RECORD = recordWhile('RUNNING');
const END_SUSPENDED = recordWhile('SUSPENDED');

const changeRow = ({ outcome, evidence, repositoryUuid, tries, ownership, attempt, detail }: OperationChange) => ({
  step: outcome.do,
  in_ms: outcome.do === 'wait' ? outcome.inMs : undefined,
  waiting_for: outcome.do === 'wait' ? outcome.for : undefined,
  ...(outcome.do === 'end' ? endRow(outcome) : {}),
  ...(evidence === undefined ? {} : evidenceRow(evidence)),
  repository_uuid: repositoryUuid,
  tries,
  ownership,
  detail,
  attempt: attempt && {
    part: attempt.part,
    trigger: attempt.trigger,
    actor: attempt.actor,
    error_class: attempt.errorClass,
    reason: attempt.reason,
    started_at: attempt.startedAt,
    next_in_ms: attempt.nextInMs,
  },
});

const endRow = (end: Extract<OperationChange['outcome'], { do: 'end' }>) => ({
  ...end,
  repository_check: end.repositoryCheck,
});

const evidenceRow = ({ proof, partialProof, failedRehearsal, endsFailedRehearsal }: Evidence) => ({
  has_evidence: true,
  proof,
  partial_proof: partialProof,
  doubt: failedRehearsal,
  ends_doubt: endsFailedRehearsal,
});

const write =
  (database: Database, digest: Digest, recording: typeof RECORD) =>
  async (operationId: string, revision: number, change: OperationChange): Promise<Recorded> => {
    const recorded = await database.ask(
      recording,
      operationId,
      revision,
      storableJson(changeRow(change)),
      partRows(mergedParts(change.parts ?? []), digest),
      eventRows(change.events ?? []),
    );
    return recorded ? { written: true, ...recorded } : { written: false };
  };

export const record = (database: Database, digest: Digest) => write(database, digest, RECORD);

export const endSuspended = (database: Database, digest: Digest): SuspensionHistory['endSuspended'] => {
  const end = write(database, digest, END_SUSPENDED);
  return async (operationId, revision, change) => (await end(operationId, revision, change)).written;
};
