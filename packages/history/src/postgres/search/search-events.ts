import type { EventFilter, SearchHistory } from '../../ports/search.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { asStoredEvent, EVENT_JSON } from '../events/events.ts';
import { answer, json, list, merged, sql, statement } from '../sql/statement.ts';
import { impliesTo } from './backup-clauses.ts';
import { bound, clausesOf } from './bound.ts';
import { beyond, type Cursor, cursorOf, cursorText } from './listed-backup-json.ts';

/** The clause of each filter on an event `e`. */
export const EVENT_CLAUSES: Parameters<typeof clausesOf<EventFilter>>[0] = {
  backupId: (id, bind) => `e.backup_id = ${bind(storableText(id), 'text')}`,
  actor: (actor, bind) => `coalesce(e.actor ->> 'name', e.actor ->> 'address') = ${bind(storableText(actor), 'text')}`,
  kinds: (kinds, bind) => `e.kind = ANY (${bind([...kinds], 'text[]')})`,
  from: (from, bind) => `e.at >= ${bind(from.toISOString(), 'timestamptz')}`,
  to: (to, bind) => `e.at < ${bind(to.toISOString(), 'timestamptz')}`,
  requestId: (id, bind) => `e.request_id = ${bind(storableText(id), 'text')}`,
};

/** As for backups: of two bounds PostgreSQL may start at the wider one. */
const leftByCursor = (cursor: Cursor | undefined, { to, ...filter }: EventFilter): EventFilter =>
  to === undefined || impliesTo(cursor, true, to) ? filter : { ...filter, to };

const NEWEST = 'e.at DESC, e.id DESC';

export const searchEvents =
  (database: Database): SearchHistory['searchEvents'] =>
  async (filter, after, limit) => {
    const { bind, parameters } = bound();
    const cursor = after === undefined ? undefined : cursorOf(after);
    const clauses = [
      'true',
      ...clausesOf(EVENT_CLAUSES, leftByCursor(cursor, filter), bind),
      ...(cursor ? [beyond('(e.at, e.id)', true, bind(cursor.time, 'timestamptz'), bind(cursor.key, 'bigint'))] : []),
    ];
    const page = `SELECT * FROM event e WHERE ${clauses.join(' AND ')} ORDER BY ${NEWEST} LIMIT ${bind(limit, 'int')}`;
    const placed = merged(EVENT_JSON, json({ cursor: sql<string>(cursorText('e.at', 'e.id')) }));
    const rows = await database.ask(statement`SELECT ${answer(list(placed, NEWEST))} FROM (${page}) e`, ...parameters);
    return (rows ?? []).map((row) => ({ ...asStoredEvent(row), cursor: row.cursor }));
  };
