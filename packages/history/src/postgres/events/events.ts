import type { StoredEvent } from '../../ports/events.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../open-database.ts';

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

export const eventsOf =
  (database: Database) =>
  async (backupId: string, limit: number): Promise<readonly StoredEvent[]> => {
    const events = await database.ask<readonly EventJson[]>(EVENTS_OF, storableText(backupId), limit);
    return (events ?? []).map(asStoredEvent);
  };

export const eventsAfter =
  (database: Database) =>
  async (backupId: string, after: string, limit: number): Promise<readonly StoredEvent[]> => {
    const events = await database.ask<readonly EventJson[]>(EVENTS_AFTER, storableText(backupId), after, limit);
    return (events ?? []).map(asStoredEvent);
  };
