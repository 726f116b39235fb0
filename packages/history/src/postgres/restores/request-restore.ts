import { keyOvertaken } from '../../ports/keys.ts';
import type { NewRestoreOperation, RestoreRequested } from '../../ports/restores.ts';
import { storableJson } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';
import { TURN, takeTurn } from '../events/take-turn.ts';
import { type KeyFragments, keyParameters, WITHOUT_KEY, withHeldKey } from '../keys/held-key.ts';
import { isActive } from '../ledger/transition-sql.ts';
import { ONE_OPEN } from '../operations/open-deletion.ts';
import { type AnswerOf, answer, columns, isTrue, json, lookup, sql, statement } from '../sql/statement.ts';
import { ONE_RESTORE } from './restore-rows.ts';

const operation = columns<'Operation'>();

type InTheWay = Omit<Extract<RestoreRequested, { why: 'busy' | 'restoring' }>, 'accepted'>;

const IN_THE_WAY_JSON =
  sql<InTheWay>(`jsonb_strip_nulls(jsonb_build_object('why', w.why, 'operationId', w.id, 'kind', w.kind,
      'suspended', CASE w.state WHEN 'SUSPENDED' THEN true END, 'backupId', (SELECT backup_id FROM backup WHERE key = w.backup_key)))`);

// NOT EXISTS finds operations that are already open; the unique indexes refuse those that are opened concurrently.
const requestWith = (key: KeyFragments) => statement`
WITH command AS (
  SELECT * FROM jsonb_to_record($1::jsonb) AS a(operation_id uuid, kind text, backup_key bigint, restore_cluster text, request_id text,
    actor jsonb, detail jsonb, plan_hash text)
)${key.held}, in_the_way AS (
  SELECT 'busy' AS why, o.id, o.kind, o.backup_key, o.state FROM operation o
  WHERE o.backup_key = (SELECT backup_key FROM command) AND o.ended_at IS NULL
  UNION ALL
  SELECT 'restoring', o.id, o.kind, o.backup_key, o.state FROM operation o
  WHERE o.restore_cluster = (SELECT restore_cluster FROM command) AND ${isActive('o')}
), locked AS (
  SELECT b.* FROM backup b
  WHERE b.key = (SELECT backup_key FROM command WHERE NOT EXISTS (SELECT FROM in_the_way)) AND b.deleted_at IS NULL${key.only} FOR UPDATE
), opened AS (
  INSERT INTO operation (id, backup_key, kind, lane, restore_cluster, request_id, actor, detail)
  SELECT a.operation_id, p.key, a.kind, p.cluster_uuid || '/' || p.repository, a.restore_cluster, a.request_id, a.actor, a.detail
  FROM command a, locked p
  RETURNING id, revision
), planned AS (
  UPDATE restore_plan SET expires_at = NULL WHERE hash = (SELECT decode(a.plan_hash, 'hex') FROM command a, opened)
), ${takeTurn('locked')}
, events AS (
  INSERT INTO event (backup_key, backup_id, operation_id, ${EVENT_COLUMNS})
  SELECT p.key, p.backup_id, r.id, ${EVENT_VALUES} FROM locked p, opened r, ${TURN}, ${eventsFrom('$2')} ORDER BY e.ordinal
)${key.kept}
SELECT ${answer(
  json({
    revision: lookup(operation.revision, 'FROM opened'),
    keyHeld: isTrue(key.isHeld),
    deleted: isTrue('b.deleted_at IS NOT NULL'),
    inTheWay: lookup(IN_THE_WAY_JSON, 'FROM in_the_way w ORDER BY w.why LIMIT 1'),
  }),
)}
FROM backup b WHERE b.key = (SELECT backup_key FROM command)`;

const REQUEST = requestWith(WITHOUT_KEY);
const REQUEST_WITH_KEY = requestWith(withHeldKey('$3', '$4', 'opened'));

type Answer = AnswerOf<typeof REQUEST>;

const restoreRow = (restore: NewRestoreOperation) => ({
  operation_id: restore.operationId,
  kind: restore.kind,
  backup_key: restore.backupKey,
  restore_cluster: restore.kind === 'restore' ? restore.clusterUuid : undefined,
  request_id: restore.requestId,
  actor: restore.actor,
  detail: restore.detail,
  plan_hash: restore.planHash,
});

/** Undefined: another process was faster. */
const asRequested = (answer: Answer | undefined): RestoreRequested | undefined => {
  if (answer === undefined) return { accepted: false, why: 'unknown' };
  const { revision, deleted, inTheWay, keyHeld } = answer;
  if (!keyHeld) throw keyOvertaken();
  if (revision !== null) return { accepted: true, revision };
  if (deleted) return { accepted: false, why: 'deleted' };
  return inTheWay === null ? undefined : { accepted: false, ...inTheWay };
};

export const requestRestore =
  (database: Database) =>
  async (restore: NewRestoreOperation): Promise<RestoreRequested> => {
    const { idempotency } = restore;
    const request = idempotency ? REQUEST_WITH_KEY : REQUEST;
    const parameters = [
      ...[storableJson(restoreRow(restore)), eventRows(restore.events)],
      ...keyParameters(idempotency),
    ];
    const requested = await retryLostRace(
      async () => asRequested(await database.ask(request, ...parameters)),
      ONE_OPEN,
      ONE_RESTORE,
    );
    if (requested) return requested;
    throw new Error(`Backup ${restore.backupKey} has neither a restore nor an operation that blocks it.`);
  };
