import { BACKUP_STATES } from '@tandem/shared/domain/backup/backup.ts';
import {
  type BackupFilter,
  type BackupSort,
  type SearchWay,
  seenTo,
} from '@tandem/shared/domain/history/backup-search.ts';
import { storableText } from '../../ports/storable.ts';
import type { Bound, clausesOf } from './bound.ts';
import type { Cursor } from './listed-backup-json.ts';

const text = (value: string, bind: Bound['bind']): string => bind(storableText(value), 'text');
const time = (value: Date, bind: Bound['bind']): string => bind(value.toISOString(), 'timestamptz');
const span = (ms: number, bind: Bound['bind']): string => `make_interval(secs => ${bind(ms, 'float8')} / 1000)`;

/** The size of a backup; null if a part of it was not measured. */
export const BYTES = `(SELECT CASE WHEN count(*) = count(p.bytes) THEN sum(p.bytes) END FROM part p WHERE p.backup_key = b.key)`;

/** The clause of each filter on a backup `b`. Uncorrelated lookups are arrays, so that they are evaluated once. */
export const BACKUP_CLAUSES: Parameters<typeof clausesOf<BackupFilter>>[0] = {
  states: (states, bind) => `b.state = ANY (${bind([...states], 'text[]')})`,
  version: (version, bind) => `b.optimize_version = ${text(version, bind)}`,
  repository: (repository, bind) => `b.repository = ${text(repository, bind)}`,
  origins: (origins, bind) => `b.origin = ANY (${bind([...origins], 'text[]')})`,
  actor: (actor, bind) => `b.requested_by_name = ${text(actor, bind)}`,
  id: (id, bind) => `b.backup_id = ${text(id, bind)}`,
  idPrefix: (prefix, bind) => `starts_with(b.backup_id, ${text(prefix, bind)})`,
  part: (name, bind) =>
    `EXISTS (SELECT FROM part p WHERE p.backup_key = b.key AND p.snapshot_name = ${text(name, bind)})`,
  index: (name, bind) => `EXISTS (SELECT FROM part p WHERE p.backup_key = b.key
    AND p.index_list_digest = ANY (ARRAY(SELECT digest FROM index_list WHERE names @> ARRAY[${text(name, bind)}])))`,
  requestedFrom: (from, bind) => `b.requested_at >= ${time(from, bind)}`,
  requestedTo: (to, bind) => `b.requested_at < ${time(to, bind)}`,
  endedFrom: (from, bind) => `b.finished_at >= ${time(from, bind)}`,
  endedTo: (to, bind) => `b.finished_at < ${time(to, bind)}`,
  minDurationMs: (ms, bind) => `b.finished_at - b.requested_at >= ${span(ms, bind)}`,
  maxDurationMs: (ms, bind) => `b.finished_at - b.requested_at <= ${span(ms, bind)}`,
  bytesFrom: (from, bind) => `${BYTES} >= ${bind(from, 'bigint')}`,
  bytesTo: (to, bind) => `${BYTES} < ${bind(to, 'bigint')}`,
  deleted: (deleted, bind) => `(b.deleted_at IS NOT NULL) = ${bind(deleted, 'boolean')}`,
  label: ({ key, value }, bind) => `b.labels ->> ${text(key, bind)} = ${text(value, bind)}`,
  held: (held, bind) => `(b.held_until IS NOT NULL AND b.held_until > now()) = ${bind(held, 'boolean')}`,
  provenBefore: (before, bind) => `(b.proof IS NULL OR (b.proof ->> 'at')::timestamptz < ${time(before, bind)})`,
};

/** The clauses that a way does not cover. A duplicate clause would be counted twice in the planner's estimate. */
export const leftBy = (way: SearchWay, filter: BackupFilter): BackupFilter =>
  Object.fromEntries(Object.entries(filter).filter(([field]) => !(seenTo[way] as readonly string[]).includes(field)));

/** The walks that a way is made of; each has an index in the order of the list, and they do not overlap. */
export const walksOf = (way: SearchWay, filter: BackupFilter, bind: Bound['bind']): readonly string[] => {
  const { id = '', part = '', actor = '', states = BACKUP_STATES } = filter;
  switch (way) {
    case 'id': {
      const idText = text(id, bind);
      return [
        `b.key = ANY (ARRAY(SELECT key FROM backup WHERE backup_id = ${idText} AND deleted_at IS NULL
          UNION ALL SELECT key FROM backup WHERE backup_id = ${idText} AND deleted_at IS NOT NULL))`,
      ];
    }
    case 'part':
      return [`b.key = ANY (ARRAY(SELECT backup_key FROM part WHERE snapshot_name = ${text(part, bind)}))`];
    case 'held':
      return ['b.held_until IS NOT NULL AND b.held_until > now()'];
    case 'actor':
      return [`b.requested_by_name = ${text(actor, bind)}`];
    case 'deleted':
      return ['b.deleted_at IS NOT NULL'];
    case 'living':
      return ['b.deleted_at IS NULL AND b.proof IS NULL', `b.deleted_at IS NULL AND ${provenBy(filter, bind)}`];
    case 'state':
      return [...new Set(states)].map((state) => `b.state = ${bind(state, 'text')}`);
  }
};

/**
 * The same for a page. By request an index has the deleted ones of an id in order too: some are used every night for years. The few that are
 * not deleted are read first: the planner estimates as many of them as of deleted ones, and would scan half of another index.
 */
export const pageWalksOf = (
  way: SearchWay,
  filter: BackupFilter,
  { by, newestFirst }: BackupSort,
  cursor: Cursor | undefined,
  bind: Bound['bind'],
): readonly string[] => {
  if (way === 'id' && by === 'requested') {
    const idText = text(filter.id ?? '', bind);
    return [
      `b.key = ANY (ARRAY(SELECT key FROM backup WHERE backup_id = ${idText} AND deleted_at IS NULL))`,
      `b.backup_id = ${idText} AND b.deleted_at IS NOT NULL`,
    ];
  }
  const walks = walksOf(way, filter, bind);
  if (way !== 'living' || filter.provenBefore === undefined) return walks;
  // a backup is proven after it was requested, by whatever clock: no proof is looked for in those that were requested a day later still
  const requestedTo = new Date(filter.provenBefore.getTime() + DAY_MS);
  if (impliesTo(cursor, newestFirst, requestedTo)) return walks;
  const [never = '', proven = ''] = walks;
  return [never, `${proven} AND b.requested_at < ${time(requestedTo, bind)}`];
};

const DAY_MS = 86_400_000;

/** Everything after the cursor is before that time. */
export const impliesTo = (cursor: Cursor | undefined, newestFirst: boolean, to: Date): boolean =>
  cursor !== undefined && newestFirst && new Date(cursor.time) < to;

/** Everything after the cursor is not before that time. */
export const impliesFrom = (cursor: Cursor | undefined, newestFirst: boolean, from: Date): boolean =>
  cursor !== undefined && !newestFirst && new Date(cursor.time) >= from;

const provenBy = ({ provenBefore }: BackupFilter, bind: Bound['bind']): string =>
  provenBefore === undefined
    ? 'b.proof IS NOT NULL'
    : `b.proof IS NOT NULL AND (b.proof ->> 'at')::timestamptz < ${time(provenBefore, bind)}`;
