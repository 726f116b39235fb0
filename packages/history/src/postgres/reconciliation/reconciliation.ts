import { asShown, asStored } from '@tandem/shared/domain/history/stored-names.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ReconciliationResult } from '@tandem/shared/domain/reconciliation/reconciliation.ts';
import type { Reconciliation } from '../../generated/client.ts';
import type { ReconciliationHistory, ReconciliationRecord } from '../../ports/reconciliation.ts';
import { storableJson } from '../../ports/storable.ts';
import { asDate, type WithTimes } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { retryLostRace } from '../connection/retry-lost-race.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';
import { HAS_PASSED } from '../ledger/due-rows.ts';
import { answer, columns, isTrue, json, statement, type ValueOf } from '../sql/statement.ts';
import { stored } from '../sql/stored-rows.ts';
import { livingBackups } from './living-backups.ts';

const r = columns<'Reconciliation'>('r');

/** A row `r` as one JSON value, read by `asRecord`. The result is stored under its earlier names (stored-names.ts). */
const RECORD_JSON = json({
  ...{ id: r.id, trigger: r.trigger, requestedAt: r.requestedAt, requestId: r.requestId, actor: r.actor },
  ...{ startedAt: r.startedAt, endedAt: r.endedAt, complete: r.complete, result: r.result },
});

type RecordJson = ValueOf<typeof RECORD_JSON>;

const asRead = (row: Reconciliation): ReconciliationRecord => {
  const { open: _, ...record } = stored<'Reconciliation'>(row);
  return asRecord(record);
};

const asRecord = (json: WithTimes<RecordJson, 'requestedAt' | 'startedAt' | 'endedAt'>): ReconciliationRecord => ({
  ...json,
  requestedAt: new Date(json.requestedAt),
  requestId: json.requestId ?? undefined,
  startedAt: asDate(json.startedAt),
  endedAt: asDate(json.endedAt),
  result: json.result === null ? undefined : (asShown('reconciliation', json.result) as ReconciliationResult),
});

const REQUEST = statement`
WITH made AS (
  INSERT INTO reconciliation AS r (id, trigger, request_id, actor) VALUES ($1::uuid, 'request', $2, $3::jsonb)
  ON CONFLICT (open) DO NOTHING RETURNING *
), events AS (
  INSERT INTO event (${EVENT_COLUMNS}) SELECT ${EVENT_VALUES} FROM made, ${eventsFrom('$4')} ORDER BY e.ordinal
)
SELECT ${answer(RECORD_JSON)} FROM made r`;

// The index of those that ended is read from its end.
const DUE = statement`
WITH standing AS (
  SELECT * FROM reconciliation WHERE open = true
), made AS (
  INSERT INTO reconciliation AS r (id, trigger, actor)
  SELECT $1::uuid, 'schedule', $2::jsonb
  WHERE $3::float8 IS NOT NULL AND NOT EXISTS (SELECT FROM standing)
    AND coalesce((SELECT max(ended_at) FROM reconciliation WHERE ${HAS_PASSED('ended_at')}) <= now() - make_interval(secs => $3::float8 / 1000), true)
  ON CONFLICT (open) DO NOTHING RETURNING *
)
SELECT ${answer(RECORD_JSON)} FROM (SELECT * FROM standing UNION ALL SELECT * FROM made) r`;

const BEGIN = statement`
UPDATE reconciliation SET started_at = coalesce(started_at, now()) WHERE id = $1::uuid AND open = true RETURNING ${answer(isTrue('true'))}`;

const END = statement`
WITH ended AS (
  UPDATE reconciliation SET open = NULL, ended_at = now(), complete = $2::boolean, result = $3::jsonb
  WHERE id = $1::uuid AND open = true
), old AS (
  DELETE FROM reconciliation
  WHERE ended_at IS NOT NULL AND ended_at < now() - make_interval(secs => $4::float8 / 1000)
    AND ended_at < (SELECT max(ended_at) FROM reconciliation WHERE complete)
)
SELECT ${answer(isTrue('true'))}`;

const LATEST = statement`
SELECT ${answer(RECORD_JSON)} FROM reconciliation r WHERE r.id = coalesce(
  (SELECT id FROM reconciliation WHERE open = true),
  (SELECT id FROM reconciliation WHERE ${HAS_PASSED('ended_at')} ORDER BY ended_at DESC LIMIT 1),
  (SELECT id FROM reconciliation WHERE ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 1)
)`;

const requestReconciliation =
  (database: Database): ReconciliationHistory['requestReconciliation'] =>
  async (id, { actor, reason, requestId }) => {
    const event = { kind: 'reconcile.requested', actor, source: 'api', after: { reconciliationId: id } } as const;
    const newEvent = {
      ...event,
      ...omitUndefined({ reason, requestId }),
    };
    const parameters = [id, requestId ?? null, storableJson(actor), eventRows([newEvent])];
    const request = async () => {
      const made = await database.ask(REQUEST, ...parameters);
      if (made) return asRecord(made);
      const open = await database.models.reconciliation.findFirst({ where: { open: true } });
      return open === null ? undefined : asRead(open);
    };
    // the open one may end before it is read: then another may be opened
    const record = await retryLostRace(request);
    if (record) return record;
    throw new Error('No reconciliation is open, and none could be opened.');
  };

const dueReconciliation =
  (database: Database): ReconciliationHistory['dueReconciliation'] =>
  async (id, actor, everyMs) => {
    const due = await database.ask(DUE, id, storableJson(actor), everyMs ?? null);
    return due && asRecord(due);
  };

const beginReconciliation =
  (database: Database): ReconciliationHistory['beginReconciliation'] =>
  async (id) =>
    (await database.ask(BEGIN, id)) === true;

const endReconciliation =
  (database: Database): ReconciliationHistory['endReconciliation'] =>
  async (id, { complete, result, keepMs }) => {
    await database.ask(END, id, complete, storableJson(asStored('reconciliation', result)), keepMs);
  };

const findReconciliation =
  (database: Database): ReconciliationHistory['findReconciliation'] =>
  async (id) => {
    if (id === undefined) {
      const latest = await database.ask(LATEST);
      return latest && asRecord(latest);
    }
    const found = await database.models.reconciliation.findFirst({ where: { id } });
    return found === null ? undefined : asRead(found);
  };

export const reconciliation = (database: Database): ReconciliationHistory => ({
  livingBackups: livingBackups(database),
  requestReconciliation: requestReconciliation(database),
  dueReconciliation: dueReconciliation(database),
  beginReconciliation: beginReconciliation(database),
  endReconciliation: endReconciliation(database),
  findReconciliation: findReconciliation(database),
});
