import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { transitions } from '@tandem/shared/domain/operation/transitions.ts';
import type { Claim, ClaimOptions } from '../../ports/ledger.ts';
import { asBackupRecord, asDate, BACKUP_JSON, type BackupJson } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { forbidsCreates } from '../restores/restore-rows.ts';
import { type AnswerOf, answer, columns, json, NOW, sql, statement, type ValueOf, when } from '../sql/statement.ts';
import { UNCLAIMED } from '../suspensions/suspended-rows.ts';
import { IS_TOO_FAR_AHEAD } from './due-rows.ts';
import { isActive, stateAfter } from './transition-sql.ts';

const b = columns<'Backup'>('b');
const c = columns<'Operation'>('c');

const DUE_IN_MS = sql<number>('ceil(extract(epoch FROM t.next_tick_at - now()) * 1000)::bigint');

/** The operation `c` that was claimed. */
const CLAIMED_JSON = json({
  ...{ operationId: c.id, kind: c.kind, revision: c.revision, requestedAt: c.requestedAt, requestId: c.requestId },
  ...{ actor: c.actor, failedTries: c.failedTries, failingSince: c.failingSince, trigger: c.trigger, detail: c.detail },
  ...{ now: NOW, aheadMs: when('t.is_ahead', DUE_IN_MS), backup: BACKUP_JSON },
});

type ClaimedJson = ValueOf<typeof CLAIMED_JSON>;

type Outcome = 'claimed' | 'ended' | 'suspended' | 'stale' | 'leased' | 'queued' | 'early' | 'overtaken';

const OUTCOME = sql<Outcome>(`CASE
    WHEN c.id IS NOT NULL THEN 'claimed'
    WHEN t.ended_at IS NOT NULL THEN 'ended'
    WHEN t.suspended_at IS NOT NULL THEN 'suspended'
    WHEN NOT t.free THEN 'leased'
    WHEN t.stale THEN 'stale'
    WHEN t.needs_slot AND NOT EXISTS (SELECT FROM slot) THEN 'queued'
    WHEN NOT t.needs_slot AND NOT t.due THEN 'early'
    ELSE 'overtaken' END`);

/** The backup was read in the same statement and still shows its create or deletion before the claim. */
const withClaim = ({ operationId, revision, backup }: ClaimedJson): BackupJson => {
  const { create, deletion } = backup;
  if (create?.operationId === operationId)
    return { ...backup, create: { operationId, state: transitions.claim.to, revision } };
  return deletion?.operationId === operationId
    ? { ...backup, deletion: { ...deletion, state: transitions.claim.to } }
    : backup;
};

const asClaimedOperation = (json: ClaimedJson): ClaimedOperation => ({
  ...json,
  requestedAt: new Date(json.requestedAt),
  requestId: json.requestId ?? undefined,
  failingSince: asDate(json.failingSince),
  now: new Date(json.now),
  aheadMs: json.aheadMs ?? undefined,
  backup: asBackupRecord(withClaim(json)),
});

const CREATE_SLOT = 'operation_create_slot';

// The backup is read as it was when the statement began. An operation that was written to since then (xmin tells) is therefore not claimed
// but read again: a claim never shows parts that its predecessor has changed.
const CLAIM = statement`
WITH target AS (
  SELECT o.*, o.xmin AS seen,
    ${isActive('o')} AND (o.lease_until IS NULL OR o.lease_until <= now()) AS free,
    coalesce(${UNCLAIMED('o', '$6')}, false) AS stale,
    ${IS_TOO_FAR_AHEAD('o')} AS is_ahead,
    o.next_tick_at <= now() + interval '50 milliseconds' OR ${IS_TOO_FAR_AHEAD('o')} AS due,
    o.kind = 'create' AND o.create_slot IS NULL AS needs_slot
  FROM operation o WHERE o.id = $1::uuid
), taken AS (
  SELECT o.create_slot FROM operation o, target t WHERE o.lane = t.lane AND o.ended_at IS NULL AND o.create_slot IS NOT NULL
), ahead AS (
  SELECT count(*) AS creates FROM operation o, target t
  WHERE o.lane = t.lane AND ${isActive('o')} AND o.create_slot IS NULL AND o.kind = 'create'
    AND o.position < t.position
), restoring AS (
  SELECT r.id FROM target t, LATERAL (SELECT cluster_uuid FROM backup WHERE key = t.backup_key LIMIT 1) b, operation r
  WHERE t.needs_slot AND ${forbidsCreates('b.cluster_uuid', "t.detail ->> 'safetyOf'")}
), slot AS (
  SELECT s.slot FROM (
    SELECT slot, row_number() OVER (ORDER BY slot) - 1 AS nth FROM generate_series(0, $4::int - 1) slot
    WHERE slot NOT IN (SELECT create_slot FROM taken)
  ) s WHERE s.nth = (SELECT creates FROM ahead) AND s.nth < $4::int - (SELECT count(*) FROM taken)
    AND NOT EXISTS (SELECT FROM restoring)
), claimed AS (
  UPDATE operation o SET revision = o.revision + 1, state = ${stateAfter('claim')}, worker = $2,
    trigger = CASE t.state WHEN 'RUNNING' THEN 'sweep' ELSE o.trigger END,
    lease_until = now() + make_interval(secs => $3::float8 / 1000), lease_ms = $3::float8,
    create_slot = CASE WHEN t.needs_slot THEN (SELECT slot FROM slot) ELSE o.create_slot END
  FROM target t
  WHERE o.id = t.id AND o.xmin = t.seen AND t.free AND NOT t.stale
    AND CASE WHEN t.needs_slot THEN EXISTS (SELECT FROM slot) ELSE t.due END
  RETURNING o.*
), queued AS (
  UPDATE operation o SET next_tick_at = now() + make_interval(secs => $5::float8 / 1000), wait_ms = $5::float8
  FROM target t
  WHERE o.id = t.id AND o.xmin = t.seen AND t.free AND NOT t.stale AND t.needs_slot AND NOT EXISTS (SELECT FROM slot)
)
SELECT ${answer(
  json({
    outcome: OUTCOME,
    dueInMs: DUE_IN_MS,
    backupId: b.backupId,
    operation: when('c.id IS NOT NULL', CLAIMED_JSON),
  }),
)}
FROM target t LEFT JOIN claimed c ON true JOIN backup b ON b.key = t.backup_key`;

type Answer = AnswerOf<typeof CLAIM>;

/** Undefined: another process had just written to the operation, or taken the slot. */
const asClaim = (answer: Answer | undefined, options: ClaimOptions): Claim | undefined => {
  if (answer === undefined) return { claimed: false, why: 'unknown' };
  const { outcome, dueInMs, backupId, operation } = answer;
  if (outcome === 'overtaken') return undefined;
  if (operation) return { claimed: true, operation: asClaimedOperation(operation) };
  if (outcome === 'early') return { claimed: false, why: 'early', dueInMs };
  if (outcome === 'queued') return { claimed: false, why: 'queued', dueInMs: options.queuedRetryMs };
  if (outcome === 'stale') return { claimed: false, why: 'stale', backupId };
  return { claimed: false, why: outcome === 'ended' || outcome === 'suspended' ? outcome : 'leased' };
};

export const claim =
  (database: Database) =>
  async (operationId: string, options: ClaimOptions): Promise<Claim> => {
    const { worker, leaseMs, createsPerRepository, queuedRetryMs, suspendAfterMs = null } = options;
    const parameters = [operationId, worker, leaseMs, createsPerRepository, queuedRetryMs, suspendAfterMs];
    const claimed = await retryLostRace(
      async () => asClaim(await database.ask(CLAIM, ...parameters), options),
      CREATE_SLOT,
    );
    // a process that loses that often is not needed
    return claimed ?? { claimed: false, why: 'leased' };
  };
