import type { EventKind, EventSource } from '@tandem/shared/domain/history/event.ts';
import { deletions, digestOf, lives, operationId, REHEARSED_AT, snapshotUuid } from './lives.ts';
import type { Rows } from './rows.ts';

const of = (part: 1 | 2): string =>
  `jsonb_build_object('operationId', created_by, 'part', ${part}, 'snapshot', snapshot || '${part}_of_2'`;

const SHARDS = `'shards', jsonb_build_object('total', 82, 'successful', 82, 'failed', 0)`;

const starting = (part: 1 | 2): string => `${of(part)}, 'start', 1, 'indices', 80)`;
const succeeded = (part: 1 | 2): string =>
  `${of(part)}, 'uuid', ${snapshotUuid('nth', `${part}`)}, ${SHARDS}, 'startedAt', at + took / 4, 'endedAt', ended)`;

const REASON = `'Snapshot ' || snapshot || '2_of_2 ended PARTIAL: 3 of 82 shards failed.'`;
const stateOf = (state: string): string => `jsonb_build_object('operationId', created_by, 'state', ${state})`;
const STATE = stateOf('state');
const COMPLETED = stateOf(`'COMPLETED'`);
const IN_PROGRESS = stateOf(`'IN_PROGRESS'`);
const REHEARSED = `jsonb_build_object('operationId', ${operationId(REHEARSED_AT, 2, 'nth')})`;

type FilledEvent = {
  /** The lives that have it. */
  readonly of: string;
  /** Share of the time that the backup took. */
  readonly when: number;
  readonly kind: EventKind;
  readonly source: EventSource;
  readonly after: string;
  readonly before?: string;
  readonly reason?: string;
};

const MADE = 'NOT is_found';
const ENDED = `${MADE} AND state <> 'IN_PROGRESS'`;
const FAILED = `${MADE} AND state = 'FAILED'`;
const INTACT = `${ENDED} AND state <> 'FAILED'`;
const CHANGED = `${MADE} AND state IN ('INCOMPLETE', 'INCOMPATIBLE')`;

const worker = { source: 'worker' } as const;
const failed = { of: FAILED, ...worker, reason: REASON };
const last = { when: 1, before: IN_PROGRESS };
const changed = { when: 1, before: COMPLETED, after: STATE };
const rehearsed = { of: 'is_proven', when: 1, after: REHEARSED };

/** The events that the API and the worker record during a life: the state of a backup is that of its last event. */
const EVENTS_OF_LIFE: readonly FilledEvent[] = [
  { of: 'is_found', when: 1, kind: 'backup.discovered', source: 'sweep', after: STATE },
  { of: MADE, when: 0, kind: 'backup.requested', source: 'api', after: IN_PROGRESS },
  { of: ENDED, when: 0.01, kind: 'part.starting', ...worker, after: starting(1) },
  { of: ENDED, when: 0.25, kind: 'part.succeeded', ...worker, after: succeeded(1) },
  { of: ENDED, when: 0.26, kind: 'part.starting', ...worker, after: starting(2) },
  { of: INTACT, when: 0.99, kind: 'part.succeeded', ...worker, after: succeeded(2) },
  { ...failed, when: 0.99, kind: 'part.failed', after: `${of(2)}, 'code', 'PART_NOT_WHOLE')` },
  { ...failed, ...last, kind: 'backup.failed', after: STATE },
  { of: INTACT, ...last, kind: 'backup.completed', ...worker, after: COMPLETED },
  { of: CHANGED, ...changed, kind: 'backup.state-changed', source: 'sweep' },
  { ...rehearsed, kind: 'rehearsal.requested', source: 'api' },
  { ...rehearsed, kind: 'rehearsal.completed', source: 'worker' },
];

const WORKER = `jsonb_build_object('kind', 'system', 'name', 'worker-' || nth % 3)`;

const columns = ({ when, kind, source, before = 'NULL', after, reason = 'NULL' }: FilledEvent, at: number): string =>
  `SELECT ${at} AS slot, ended - (1 - ${when}) * took AS occurred_at, created_by AS operation, '${kind}' AS kind,
    ${source === 'api' ? 'actor' : WORKER} AS done_by, '${source}' AS source, ${reason} AS reason, ${before}::jsonb AS before, ${after} AS after`;

const ofLife = EVENTS_OF_LIFE.map((filled, at) => `${columns(filled, at)} WHERE ${filled.of}`).join('\n  UNION ALL ');

/** A deletion has four. They precede the life during which they happen. */
const OF_DELETION = `
SELECT r.slot, number - 5, at + number * interval '1 second', r.nth, id, deleted_by,
  CASE number WHEN 1 THEN 'backup.delete-requested' WHEN 4 THEN 'backup.deleted' ELSE 'part.deleted' END,
  jsonb_build_object('kind', 'system', 'name', 'schedule'), CASE number WHEN 1 THEN 'api' ELSE 'worker' END, NULL, lpad(to_hex(r.nth), 32, 'd'),
  CASE number WHEN 4 THEN jsonb_build_object('state', 'COMPLETED') END,
  jsonb_build_object('operationId', deleted_by) || CASE WHEN number IN (2, 3) THEN jsonb_build_object('snapshot', snapshot || number - 1 || '_of_2') ELSE '{}' END
FROM removed r, generate_series(1, 4) number`;

/** Five for each backup, numbered without gaps in the order of time. One statement at a time: it continues after the last. */
export const EVENTS: Rows = (backups) => `
WITH ${lives(backups)}, ${deletions(backups)}, last AS (SELECT coalesce(max(id), 0) AS id FROM event)
INSERT INTO event (id, at, backup_key, backup_id, operation_id, kind, actor, source, reason, request_id, before, after)
SELECT last.id + row_number() OVER (ORDER BY turn, slot), occurred_at, key, backup_id, operation, kind, done_by, source, reason, request_id, before, after
FROM last, (
  SELECT nth, slot, occurred_at, nth, id, CASE WHEN NOT is_found THEN operation END, kind, done_by, source, reason, request_id, before, after
  FROM named, LATERAL (
  ${ofLife}
  ) filled
  UNION ALL ${OF_DELETION}
) AS every (turn, slot, occurred_at, key, backup_id, operation, kind, done_by, source, reason, request_id, before, after)
ORDER BY 1`;

/**
 * One for about five events: what comes seconds apart is sealed together. What is looked for by number or event costs the same whatever the
 * hashes are; a verification would find them made up. Once, after all events.
 */
export const SEALS = (backups: number): string => `
INSERT INTO seal (number, previous, hash, events, count, root, through, waiting, sealed_at, span)
SELECT number, CASE WHEN number > 1 THEN ${digestOf(`'seal' || number - 1`)} END, ${digestOf(`'seal' || number`)},
  jsonb_build_array(jsonb_build_array(lowest::text, highest::text)), highest - lowest + 1, ${digestOf(`'root' || number`)},
  highest, '[]', now(), int8range(lowest, highest, '[]')
FROM (
  SELECT number, (number - 1) * events / ${backups} + 1 AS lowest, number * events / ${backups} AS highest
  FROM (SELECT max(id) AS events FROM event) filled, generate_series(1::bigint, ${backups}) number
) spans`;

/** What was written since is sealed too, by one more. */
export const SEAL_OF_TAIL = `
INSERT INTO seal (number, previous, hash, events, count, root, through, waiting, sealed_at, span)
SELECT last.number + 1, last.hash, ${digestOf(`'tail' || last.through`)}, jsonb_build_array(jsonb_build_array(lowest::text, highest::text)),
  highest - lowest + 1, ${digestOf(`'root' || last.through`)}, highest, '[]', now(), int8range(lowest, highest, '[]')
FROM (SELECT * FROM seal ORDER BY number DESC LIMIT 1) last,
  LATERAL (SELECT min(id) AS lowest, max(id) AS highest FROM event WHERE id > last.through) tail
WHERE highest IS NOT NULL`;
