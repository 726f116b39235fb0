import type { BackupWithEvents, SealHistory } from '../../ports/seals.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { EXPORTED_EVENT_JSON, microseconds } from '../events/exported-event-json.ts';
import { answer, json, list, type Statement, sql, statement, total } from '../sql/statement.ts';

/** The lowest id or key that a row may have, assigned or forged. */
const FIRST = '-9223372036854775808';
const LAST = '9223372036854775807';

/** Undefined: there is none after it. */
const nextOf = (after: string | undefined): string | undefined => {
  if (after === undefined) return FIRST;
  return after === LAST ? undefined : `${BigInt(after) + 1n}`;
};

const page = async <Row>(
  database: Database,
  rows: Statement<readonly Row[]>,
  after: string | undefined,
  limit: number,
) => {
  const from = nextOf(after);
  return (from === undefined ? undefined : await database.ask(rows, from, limit)) ?? [];
};

const eventsFrom = (rows: string) => statement`SELECT ${answer(list(EXPORTED_EVENT_JSON, 'e.id'))} FROM (${rows}) e`;

const IN_ORDER = eventsFrom('SELECT * FROM event WHERE id >= $1::bigint ORDER BY id LIMIT $2::int');

export const eventsInOrder =
  (database: Database): SealHistory['eventsInOrder'] =>
  (after, limit) =>
    page(database, IN_ORDER, after, limit);

const IN_SPANS = eventsFrom(
  `SELECT inside.* FROM jsonb_array_elements($1::jsonb) span, LATERAL (
    SELECT * FROM event WHERE id BETWEEN (span ->> 0)::bigint AND (span ->> 1)::bigint
  ) inside`,
);

export const eventsIn =
  (database: Database): SealHistory['eventsIn'] =>
  async (spans) =>
    (await database.ask(IN_SPANS, JSON.stringify(spans))) ?? [];

const NAMING = statement`SELECT ${answer(
  json({
    count: total(sql<number>('count(*)'), 'FROM event WHERE backup_id = $1'),
    events: total(
      list(EXPORTED_EVENT_JSON, 'e.id'),
      'FROM (SELECT * FROM event WHERE backup_id = $1 ORDER BY id LIMIT $2::int) e',
    ),
  }),
)}`;

export const eventsNaming =
  (database: Database): SealHistory['eventsNaming'] =>
  async (backupId, limit) =>
    (await database.ask(NAMING, storableText(backupId), limit)) ?? { count: 0, events: [] };

const WITH_EVENTS_JSON = sql<BackupWithEvents>(`jsonb_build_object(
  'backup', jsonb_build_object('key', b.key::text, 'backupId', b.backup_id, 'origin', b.origin, 'state', b.state,
    'requestedAt', ${microseconds('b.requested_at')}, 'deletedAt', ${microseconds('b.deleted_at')},
    'labels', coalesce(b.labels, '{}'), 'note', b.note, 'hold', b.hold, 'heldUntil', ${microseconds('b.held_until')},
    'proof', b.proof, 'partialProof', b.partial_proof,
    'repositoryVerified', b.repository_check -> 'verified', 'repositoryCheck', b.repository_check, 'parts', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('number', p.number, 'state', p.state, 'uuid', p.uuid) ORDER BY p.number), '[]')
      FROM part p WHERE p.backup_key = b.key)),
  'events', (
    SELECT coalesce(jsonb_agg(${EXPORTED_EVENT_JSON} ORDER BY e.id), '[]') FROM event e
    WHERE e.backup_id = b.backup_id AND e.backup_key = b.key
  ))`);

const withEvents = (rows: string) => statement`SELECT ${answer(list(WITH_EVENTS_JSON, 'b.key'))} FROM (${rows}) b`;

const PAGE = withEvents('SELECT * FROM backup WHERE key >= $1::bigint ORDER BY key LIMIT $2::int');

export const backupsWithEvents =
  (database: Database): SealHistory['backupsWithEvents'] =>
  (after, limit) =>
    page(database, PAGE, after, limit);

const INCARNATIONS = withEvents(`SELECT * FROM backup WHERE key = ANY (ARRAY(
  SELECT key FROM backup WHERE backup_id = $1 AND deleted_at IS NULL
  UNION ALL SELECT key FROM backup WHERE backup_id = $1 AND deleted_at IS NOT NULL))`);

export const incarnationsWithEvents =
  (database: Database): SealHistory['incarnationsWithEvents'] =>
  async (backupId) =>
    (await database.ask(INCARNATIONS, storableText(backupId))) ?? [];

const WITHOUT_BACKUP = statement`
SELECT ${answer(list(sql<string>('requested.key::text'), 'requested.key'))}
FROM unnest($1::bigint[]) requested(key) WHERE NOT EXISTS (SELECT FROM backup b WHERE b.key = requested.key)`;

export const keysWithoutBackup =
  (database: Database): SealHistory['keysWithoutBackup'] =>
  async (keys) =>
    (await database.ask(WITHOUT_BACKUP, [...keys])) ?? [];
