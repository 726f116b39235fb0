import type { Event } from '../../generated/client.ts';
import type { EventHistory, StoredEvent } from '../../ports/events.ts';
import { storableJson, storableText } from '../../ports/storable.ts';
import type { WithTimes } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { isSuspended } from '../ledger/transition-sql.ts';
import { answer, columns, count, isTrue, json, list, sql, statement, text, type ValueOf } from '../sql/statement.ts';
import { stored } from '../sql/stored-rows.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from './event-rows.ts';
import { TURN, takeTurn } from './take-turn.ts';

const e = columns<'Event'>('e');

/** Read by `asStoredEvent`. `e` is the row's alias. */
export const EVENT_JSON = json({
  ...{ id: text(e.id), at: e.at, backupId: e.backupId, kind: e.kind, actor: e.actor, source: e.source },
  ...{ reason: e.reason, requestId: e.requestId, before: e.before, after: e.after },
});

export type EventJson = ValueOf<typeof EVENT_JSON>;

export const asStoredEvent = (event: WithTimes<EventJson, 'at'>): StoredEvent => ({
  ...event,
  at: new Date(event.at),
  backupId: event.backupId ?? undefined,
  reason: event.reason ?? undefined,
  requestId: event.requestId ?? undefined,
  before: event.before ?? undefined,
  after: event.after ?? undefined,
});

const asRead = (row: Event): StoredEvent => {
  const { id, at, backupId, kind, actor, source, reason, requestId, before, after } = stored<'Event'>(row);
  return asStoredEvent({ id: String(id), at, backupId, kind, actor, source, reason, requestId, before, after });
};

const eventsAfter =
  ({ models }: Database): EventHistory['eventsAfter'] =>
  async (backupId, after, limit) => {
    const where = { backupId: storableText(backupId), id: { gt: BigInt(after) } };
    return (await models.event.findMany({ where, orderBy: { id: 'asc' }, take: limit })).map(asRead);
  };

const APPEND = statement`
WITH ${takeTurn(eventsFrom('$1'))}
, events AS (
  INSERT INTO event (backup_id, ${EVENT_COLUMNS})
  SELECT e.backup_id, ${EVENT_VALUES} FROM ${TURN}, ${eventsFrom('$1')} ORDER BY e.ordinal RETURNING id
)
SELECT ${answer(count())} FROM events`;

const appendEvents =
  (database: Database): EventHistory['appendEvents'] =>
  async (events) => {
    if (events.length > 0) await database.ask(APPEND, eventRows(events));
  };

const newest = (lives: 'IS NULL' | 'IS NOT NULL'): string => `(
  SELECT n.key FROM backup n WHERE n.backup_id = requested.id AND n.deleted_at ${lives} ORDER BY n.requested_at DESC, n.key DESC LIMIT 1)`;

const REVISION_JSON = json({
  backupId: columns<'Backup'>('b').backupId,
  lastEventId: sql<string>(
    'coalesce((SELECT e.id FROM event e WHERE e.backup_id = b.backup_id ORDER BY e.id DESC LIMIT 1), 0)::text',
  ),
  ended: isTrue(`b.deleted_at IS NOT NULL OR EXISTS (
    SELECT FROM operation s WHERE s.backup_key = b.key AND ${isSuspended('s')}
  ) OR (
    b.state <> 'IN_PROGRESS' AND NOT EXISTS (SELECT FROM operation o WHERE o.backup_key = b.key AND o.ended_at IS NULL)
  )`),
});

const REVISIONS = statement`
SELECT ${answer(list(REVISION_JSON))}
FROM (SELECT DISTINCT id FROM jsonb_array_elements_text($1::jsonb) id) requested,
  LATERAL (SELECT * FROM backup WHERE key = coalesce(${newest('IS NULL')}, ${newest('IS NOT NULL')}) LIMIT 1) b`;

const revisionsOf =
  (database: Database): EventHistory['revisionsOf'] =>
  async (backupIds) =>
    backupIds.length === 0 ? [] : ((await database.ask(REVISIONS, storableJson(backupIds))) ?? []);

export const events = (database: Database): EventHistory => ({
  appendEvents: appendEvents(database),
  eventsOf: (backupId, limit) => eventsAfter(database)(backupId, '0', limit),
  eventsAfter: eventsAfter(database),
  revisionsOf: revisionsOf(database),
});
