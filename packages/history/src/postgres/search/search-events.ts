import type { EventFilter, Placed, SearchHistory } from '../../ports/search.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { asStoredEvent, EVENT_JSON, type EventJson } from '../events/events.ts';
import { impliesTo } from './backup-clauses.ts';
import { bound, clausesOf } from './bound.ts';
import { beyond, type Place, placeOf, placeText } from './summary-json.ts';

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
const leftByPlace = (place: Place | undefined, { to, ...filter }: EventFilter): EventFilter =>
  to === undefined || impliesTo(place, true, to) ? filter : { ...filter, to };

const NEWEST = 'ORDER BY e.at DESC, e.id DESC';

export const searchEvents =
  (database: Database): SearchHistory['searchEvents'] =>
  async (filter, after, limit) => {
    const { bind, parameters } = bound();
    const place = after === undefined ? undefined : placeOf(after);
    const clauses = [
      'true',
      ...clausesOf(EVENT_CLAUSES, leftByPlace(place, filter), bind),
      ...(place ? [beyond('(e.at, e.id)', true, bind(place.time, 'timestamptz'), bind(place.key, 'bigint'))] : []),
    ];
    const page = `SELECT * FROM event e WHERE ${clauses.join(' AND ')} ${NEWEST} LIMIT ${bind(limit, 'int')}`;
    const json = `${EVENT_JSON} || jsonb_build_object('place', ${placeText('e.at', 'e.id')})`;
    const statement = `SELECT coalesce(jsonb_agg(${json} ${NEWEST}), '[]') AS answer FROM (${page}) e`;
    const rows = await database.ask<readonly Placed<EventJson>[]>(statement, ...parameters);
    return (rows ?? []).map((row) => ({ ...asStoredEvent(row), place: row.place }));
  };
