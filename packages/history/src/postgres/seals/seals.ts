import type { Seal } from '@tandem/shared/contract/seals.ts';
import { hasId } from '@tandem/shared/domain/history/seal/id-spans.ts';
import type { SealHistory } from '../../ports/seals.ts';
import type { Database } from '../connection/open-database.ts';
import { microseconds } from '../events/exported-event-json.ts';
import { answer, isTrue, list, sql, statement } from '../sql/statement.ts';
import { eventsAreQuiet, unsealedEvents } from './unsealed-events.ts';
import {
  backupsWithEvents,
  eventsIn,
  eventsInOrder,
  eventsNaming,
  incarnationsWithEvents,
  keysWithoutBackup,
} from './verified-rows.ts';

/* Not by Prisma's client: a seal covers its time to the microsecond, of which a Date keeps the milliseconds. */

const base64 = (bytes: string): string => `replace(encode(${bytes}, 'base64'), E'\\n', '')`;

/** A seal as `Seal` of packages/shared has it. `s` is the row's alias. */
const SEAL_JSON = sql<Seal>(`jsonb_build_object(
  'number', s.number, 'previous', encode(s.previous, 'hex'), 'hash', encode(s.hash, 'hex'), 'events', s.events, 'count', s.count,
  'root', encode(s.root, 'hex'), 'through', s.through::text, 'waiting', s.waiting, 'sealedAt', ${microseconds('s.sealed_at')},
  'signature', ${base64('s.signature')}, 'keyId', encode(s.key_id, 'hex'))`);

// The first writer of a number wins: another one waits for its commit, and writes nothing.
const ADD = statement`
INSERT INTO seal (number, previous, hash, events, count, root, through, waiting, sealed_at, signature, key_id, span)
SELECT s.number, decode(s.previous, 'hex'), decode(s.hash, 'hex'), s.events, s.count, decode(s.root, 'hex'), s.through, s.waiting,
  s."sealedAt", decode(s.signature, 'base64'), decode(s."keyId", 'hex'),
  int8range((s.events #>> '{0,0}')::bigint, (s.events #>> '{-1,1}')::bigint, '[]')
FROM jsonb_to_record($1::jsonb) AS s(number bigint, previous text, hash text, events jsonb, count int, root text, through bigint,
  waiting jsonb, "sealedAt" timestamptz, signature text, "keyId" text)
LEFT JOIN LATERAL (SELECT number, hash FROM seal ORDER BY number DESC LIMIT 1) last ON true
WHERE s.number - 1 = coalesce(last.number, 0) AND decode(s.previous, 'hex') IS NOT DISTINCT FROM last.hash
ON CONFLICT DO NOTHING
RETURNING ${answer(isTrue('true'))}`;

const addSeal =
  (database: Database): SealHistory['addSeal'] =>
  async (seal) =>
    (await database.ask(ADD, JSON.stringify(seal))) === true;

const AFTER = statement`
SELECT ${answer(list(SEAL_JSON, 's.number'))}
FROM (SELECT * FROM seal WHERE number > $1::bigint ORDER BY number LIMIT $2::int) s`;

const sealsAfter =
  (database: Database): SealHistory['sealsAfter'] =>
  async (number, limit) =>
    (await database.ask(AFTER, number, limit)) ?? [];

// Late events make spans overlap: a span says where an event may be.
const OF = statement`
SELECT ${answer(list(SEAL_JSON, 's.number'))}
FROM seal s WHERE s.number = ANY (ARRAY(
  SELECT may.number FROM unnest($1::bigint[]) requested(id), LATERAL (SELECT number FROM seal WHERE span @> requested.id) may))`;

const sealsOf =
  (database: Database): SealHistory['sealsOf'] =>
  async (eventIds) => {
    const seals = (await database.ask(OF, [...eventIds])) ?? [];
    return seals.filter(({ events }) => eventIds.some((id) => hasId(events, id)));
  };

export const seals = (database: Database): SealHistory => ({
  eventsAreQuiet: eventsAreQuiet(database),
  unsealedEvents: unsealedEvents(database),
  addSeal: addSeal(database),
  sealsAfter: sealsAfter(database),
  sealsOf: sealsOf(database),
  eventsIn: eventsIn(database),
  eventsNaming: eventsNaming(database),
  eventsInOrder: eventsInOrder(database),
  backupsWithEvents: backupsWithEvents(database),
  incarnationsWithEvents: incarnationsWithEvents(database),
  keysWithoutBackup: keysWithoutBackup(database),
});
