import type { EventHistory, StoredEvent } from '../../ports/events.ts';
import { storableJson, storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { isSuspended } from '../ledger/transition-sql.ts';
import { EVENT_COLUMNS, EVENT_VALUES, eventRows, eventsFrom } from './event-rows.ts';
import { TURN, takeTurn } from './take-turn.ts';

/** Read by `asStoredEvent`. `e` is the row's alias. */
export const EVENT_JSON = `jsonb_build_object(
  'id', e.id::text, 'at', e.at, 'backupId', e.backup_id, 'kind', e.kind, 'actor', e.actor, 'source', e.source, 'reason', e.reason,
  'requestId', e.request_id, 'before', e.before, 'after', e.after)`;

const tellingOf = (after: string, limit: string): string => `
SELECT coalesce(jsonb_agg(${EVENT_JSON} ORDER BY e.id), '[]') AS answer
FROM (SELECT * FROM event WHERE backup_id = $1 AND id > ${after} ORDER BY id LIMIT ${limit}) e`;

const EVENTS_OF = tellingOf('0', '$2');
const EVENTS_AFTER = tellingOf('$2::bigint', '$3');

export type EventJson = Omit<StoredEvent, 'at' | 'backupId' | 'reason' | 'requestId'> & {
  readonly at: string;
  readonly backupId: string | null;
  readonly reason: string | null;
  readonly requestId: string | null;
};

export const asStoredEvent = (json: EventJson): StoredEvent => ({
  ...json,
  at: new Date(json.at),
  backupId: json.backupId ?? undefined,
  reason: json.reason ?? undefined,
  requestId: json.requestId ?? undefined,
  before: json.before ?? undefined,
  after: json.after ?? undefined,
});

const eventsOf =
  (database: Database) =>
  async (backupId: string, limit: number): Promise<readonly StoredEvent[]> => {
    const events = await database.ask<readonly EventJson[]>(EVENTS_OF, storableText(backupId), limit);
    return (events ?? []).map(asStoredEvent);
  };

const eventsAfter =
  (database: Database) =>
  async (backupId: string, after: string, limit: number): Promise<readonly StoredEvent[]> => {
    const events = await database.ask<readonly EventJson[]>(EVENTS_AFTER, storableText(backupId), after, limit);
    return (events ?? []).map(asStoredEvent);
  };

const APPEND = `
WITH ${takeTurn(eventsFrom('$1'))}
, events AS (
  INSERT INTO event (backup_id, ${EVENT_COLUMNS})
  SELECT e.backup_id, ${EVENT_VALUES} FROM ${TURN}, ${eventsFrom('$1')} ORDER BY e.ordinal RETURNING id
)
SELECT count(*)::int AS answer FROM events`;

const appendEvents =
  (database: Database): EventHistory['appendEvents'] =>
  async (events) => {
    if (events.length > 0) await database.ask(APPEND, eventRows(events));
  };

const newest = (lives: 'IS NULL' | 'IS NOT NULL'): string => `(
  SELECT n.key FROM backup n WHERE n.backup_id = asked.id AND n.deleted_at ${lives} ORDER BY n.requested_at DESC, n.key DESC LIMIT 1)`;

const REVISIONS = `
SELECT coalesce(jsonb_agg(jsonb_build_object(
  'backupId', b.backup_id,
  'lastEventId', coalesce((SELECT e.id FROM event e WHERE e.backup_id = b.backup_id ORDER BY e.id DESC LIMIT 1), 0)::text,
  'ended', b.deleted_at IS NOT NULL OR EXISTS (
    SELECT FROM operation s WHERE s.backup_key = b.key AND ${isSuspended('s')}
  ) OR (
    b.state <> 'IN_PROGRESS' AND NOT EXISTS (SELECT FROM operation o WHERE o.backup_key = b.key AND o.ended_at IS NULL)
  )
)), '[]') AS answer
FROM (SELECT DISTINCT id FROM jsonb_array_elements_text($1::jsonb) id) asked,
  LATERAL (SELECT * FROM backup WHERE key = coalesce(${newest('IS NULL')}, ${newest('IS NOT NULL')}) LIMIT 1) b`;

const revisionsOf =
  (database: Database): EventHistory['revisionsOf'] =>
  async (backupIds) =>
    backupIds.length === 0 ? [] : ((await database.ask(REVISIONS, storableJson(backupIds))) ?? []);

export const events = (database: Database): EventHistory => ({
  appendEvents: appendEvents(database),
  eventsOf: eventsOf(database),
  eventsAfter: eventsAfter(database),
  revisionsOf: revisionsOf(database),
});
