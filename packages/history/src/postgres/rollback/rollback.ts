import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { RollbackScope } from '@tandem/shared/domain/history/rollback/rollback.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { SuspensionScope } from '@tandem/shared/domain/operation/suspension.ts';
import type { HistoryLine, RollbackHistory } from '../../ports/rollback.ts';
import { storableJson } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from '../events/event-rows.ts';
import { EXPORTED_EVENT_JSON, microseconds } from '../events/exported-event-json.ts';
import { answer, isTrue, list, sql, statement } from '../sql/statement.ts';
import { suspension, suspensionFrom } from '../suspensions/suspend-operations.ts';

const LINE_JSON = sql<Answer>(`jsonb_build_object(
  'historyId', h.id, 'epoch', h.epoch, 'now', ${microseconds('now()')}, 'heartbeatAt', ${microseconds('h.heartbeat_at')},
  'rollback', h.rollback || jsonb_build_object('detectedAt', ${microseconds('h.rolled_back_at')}),
  'newest', (SELECT ${EXPORTED_EVENT_JSON} FROM event e ORDER BY e.id DESC LIMIT 1),
  'events', (SELECT coalesce(jsonb_agg(${EXPORTED_EVENT_JSON} ORDER BY e.id), '[]') FROM event e WHERE e.id = ANY ($1::bigint[]))
)`);

const READ = statement`SELECT ${answer(LINE_JSON)} FROM history h`;

type Answer = { readonly [Field in keyof HistoryLine]: Exclude<HistoryLine[Field], undefined> | null } & {
  readonly historyId: string;
};

const readLine =
  (database: Database): RollbackHistory['readLine'] =>
  async (eventIds) => {
    const line = await database.ask(READ, [...eventIds]);
    if (line === undefined) throw new Error('The database has no row in history: it is not a database of Tandem.');
    return { ...line, rollback: line.rollback ?? undefined, newest: line.newest ?? undefined } as HistoryLine;
  };

const BEAT = statement`
UPDATE history SET heartbeat_at = now() WHERE epoch = $1::uuid AND heartbeat_at = $2::timestamptz AND rolled_back_at IS NULL
RETURNING ${answer(isTrue('true'))}`;

const beat =
  (database: Database): RollbackHistory['beat'] =>
  async ({ epoch, heartbeatAt }) =>
    (await database.ask(BEAT, epoch, heartbeatAt)) === true;

// One statement, so that it suspends the operations that are open then, and none that are accepted later.
const DETECTED = statement`
WITH line AS (
  UPDATE history SET rolled_back_at = now(), rollback = $2::jsonb WHERE epoch = $1::uuid AND rolled_back_at IS NULL RETURNING id
), line_events AS (
  INSERT INTO event (${EVENT_COLUMNS}) SELECT ${EVENT_VALUES} FROM line, ${eventsFrom('$3')} ORDER BY e.ordinal
), command AS (
  SELECT a.* FROM line, ${suspensionFrom('$4')}
), ${suspension('ALL')}
SELECT ${answer(isTrue('true'))} FROM line`;

const SCOPES = { deletions: 'destructive', everything: 'all' } as const satisfies Record<
  RollbackScope,
  SuspensionScope['scope']
>;

const recordRollback =
  (database: Database): RollbackHistory['recordRollback'] =>
  async (epoch, finding, event, why) => {
    const { actor, source } = event;
    const suspending = storableJson({ scope: SCOPES[finding.scope], actor, source, why });
    const found = storableJson(finding);
    return (await database.ask(DETECTED, epoch, found, eventRows([event]), suspending)) === true;
  };

const ACKNOWLEDGE = statement`
WITH rolled_back AS MATERIALIZED (
  SELECT * FROM history WHERE rolled_back_at IS NOT NULL FOR UPDATE
), line AS (
  UPDATE history h SET epoch = gen_random_uuid(), rolled_back_at = NULL, rollback = NULL, heartbeat_at = now()
  FROM rolled_back r RETURNING h.epoch, r.epoch AS old_epoch, r.rollback AS old_rollback, r.rolled_back_at AS old_at
), events AS (
  INSERT INTO event (kind, actor, source, reason, request_id, before, after)
  SELECT e.kind, e.actor, e.source, e.reason, e.request_id,
    l.old_rollback || jsonb_build_object('epoch', l.old_epoch, 'detectedAt', ${microseconds('l.old_at')}),
    jsonb_build_object('epoch', l.epoch)
  FROM line l, ${eventsFrom('$1')}
)
SELECT ${answer(isTrue('true'))} FROM line`;

const acknowledgeRollback =
  (database: Database): RollbackHistory['acknowledgeRollback'] =>
  async ({ actor, reason, requestId }) => {
    const event: NewEvent = {
      kind: 'history.rollback-acknowledged',
      ...{ actor, source: 'api' },
      ...omitUndefined({ reason, requestId }),
    };
    return (await database.ask(ACKNOWLEDGE, eventRows([event]))) === true;
  };

const UNSEEN = statement`
SELECT ${answer(list(sql<string>('s.name'), 's.name'))} FROM jsonb_to_recordset($1::jsonb) AS s(name text, uuid text)
WHERE NOT EXISTS (
  SELECT FROM part p JOIN backup b ON b.key = p.backup_key
  WHERE p.snapshot_name = s.name AND p.uuid = s.uuid AND b.origin <> 'discovered'
)`;

const unseenSnapshots =
  (database: Database): RollbackHistory['unseenSnapshots'] =>
  async (snapshots) =>
    (await database.ask(UNSEEN, storableJson(snapshots))) ?? [];

export const rollback = (database: Database): RollbackHistory => ({
  readLine: readLine(database),
  beat: beat(database),
  recordRollback: recordRollback(database),
  acknowledgeRollback: acknowledgeRollback(database),
  unseenSnapshots: unseenSnapshots(database),
});
