import { FIRST_THROUGH } from '@tandem/shared/domain/history/seal/seal.ts';
import { MAX_COUNTED, type SealHistory, type Unsealed } from '../../ports/seals.ts';
import type { Database } from '../connection/open-database.ts';
import { EXPORTED_EVENT_JSON, microseconds } from '../events/exported-event-json.ts';
import { answer, isTrue, json, sql, statement } from '../sql/statement.ts';

/** The last seal, or no row. */
const LAST = 'last AS (SELECT * FROM seal ORDER BY number DESC LIMIT 1)';

/** Events `e` that the last seal waited for and that have appeared since: ids are assigned before the event is committed. */
const late = (columns: string, limit: string): string => `
  SELECT ${columns} FROM last, jsonb_array_elements(last.waiting) gap, LATERAL (
    SELECT * FROM event WHERE id BETWEEN (gap ->> 0)::bigint AND (gap ->> 1)::bigint ORDER BY id LIMIT ${limit}
  ) e ORDER BY e.id LIMIT ${limit}`;

const fresh = (columns: string, limit: string): string => `
  SELECT ${columns} FROM event e WHERE e.id > coalesce((SELECT through FROM last), ${FIRST_THROUGH}) ORDER BY e.id LIMIT ${limit}`;

const UNSEALED_JSON = sql<Answer>(`jsonb_build_object(
  'at', ${microseconds('now()')},
  'last', (SELECT jsonb_build_object('number', number, 'hash', encode(hash, 'hex'), 'through', through::text, 'waiting', waiting) FROM last),
  'events', (SELECT coalesce(jsonb_agg(${EXPORTED_EVENT_JSON} ORDER BY e.id), '[]') FROM due e),
  'isLateComplete', (SELECT count(*) FROM late) < $1::int
)`);

const UNSEALED = statement`
WITH ${LAST}, late AS (${late('e.*, 1 AS turn', '$1::int')}
), fresh AS (${fresh('e.*, 2 AS turn', '$1::int')}
), due AS (
  SELECT * FROM (SELECT * FROM late UNION ALL SELECT * FROM fresh) u ORDER BY turn, id LIMIT $1::int
)
SELECT ${answer(UNSEALED_JSON)}`;

type Answer = Omit<Unsealed, 'last'> & { readonly last: Unsealed['last'] | null };

export const unsealedEvents =
  (database: Database): SealHistory['unsealedEvents'] =>
  async (limit) => {
    const found = await database.ask(UNSEALED, limit);
    if (found === undefined) throw new Error('PostgreSQL returned no row.');
    return { ...found, last: found.last ?? undefined };
  };

/** Writers of events hold that lock from before an id is assigned until after the commit is visible. */
const QUIET = statement`
SELECT ${answer(
  json({
    quiet: isTrue(`NOT EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'relation' AND relation = 'event'::regclass AND mode = 'RowExclusiveLock'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  )`),
    seal: sql<number>('coalesce((SELECT max(number) FROM seal), 0)'),
  }),
)}`;

export const eventsAreQuiet =
  (database: Database): SealHistory['eventsAreQuiet'] =>
  async () =>
    (await database.ask(QUIET)) ?? { quiet: false, seal: 0 };

/** Figures of unsealed events. */
export const UNSEALED_FIGURES = `(
  WITH ${LAST}, due AS ((${late('e.at', `${MAX_COUNTED}`)}) UNION ALL (${fresh('e.at', `${MAX_COUNTED}`)}))
  SELECT jsonb_build_object('unsealed', least(count(*), ${MAX_COUNTED}), 'oldestSeconds', extract(epoch FROM now() - min(at))) FROM due
)`;
