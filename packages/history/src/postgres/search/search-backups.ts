import { type BackupFilter, type BackupSort, searchWay } from '@tandem/shared/domain/history/backup-search.ts';
import type { SearchHistory } from '../../ports/search.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, count, plainList, statement } from '../sql/statement.ts';
import { BACKUP_CLAUSES, impliesFrom, impliesTo, leftBy, pageWalksOf } from './backup-clauses.ts';
import { type Bound, bound, clausesOf } from './bound.ts';
import {
  asBackupSummary,
  beyond,
  type Cursor,
  cursorOf,
  placedSummary,
  SUMMARY_JSON,
  sortColumn,
} from './listed-backup-json.ts';

const orderOf = (sort: BackupSort): string => {
  const direction = sort.newestFirst ? 'DESC' : 'ASC';
  return `ORDER BY ${sortColumn(sort)} ${direction}, b.key ${direction}`;
};

/** The matching backups in order, as rows `b`; every walk reads at max the limit. Undefined: nothing can match. */
const found = (
  filter: BackupFilter,
  sort: BackupSort,
  after: string | undefined,
  limit: number,
  { bind }: Bound,
): string | undefined => {
  const column = sortColumn(sort);
  const way = searchWay(filter, sort);
  const cursor = after === undefined ? undefined : cursorOf(after);
  const walks = pageWalksOf(way, filter, sort, cursor, bind);
  if (walks.length === 0) return undefined;
  const clauses = [
    ...(sort.by === 'ended' ? [`${column} IS NOT NULL`] : []),
    ...clausesOf(BACKUP_CLAUSES, leftBy(way, leftByCursor(cursor, sort, filter)), bind),
    ...(cursor === undefined ? [] : [afterCursor(cursor, sort, bind)]),
  ];
  const end = `${orderOf(sort)} LIMIT ${bind(limit, 'int')}`;
  const pages = walks.map((walk) => `(SELECT * FROM backup b WHERE ${[walk, ...clauses].join(' AND ')} ${end})`);
  return `SELECT * FROM (${pages.join(' UNION ALL ')}) b ${end}`;
};

const afterCursor = ({ time, key }: Cursor, sort: BackupSort, bind: Bound['bind']): string =>
  beyond(`(${sortColumn(sort)}, b.key)`, sort.newestFirst, bind(time, 'timestamptz'), bind(key, 'bigint'));

/** Bounds that the cursor implies are left out: of two bounds PostgreSQL may start at the wider one, and walk from there to the cursor. */
const leftByCursor = (
  cursor: Cursor | undefined,
  { by, newestFirst }: BackupSort,
  filter: BackupFilter,
): BackupFilter => {
  const [from, to] =
    by === 'requested' ? (['requestedFrom', 'requestedTo'] as const) : (['endedFrom', 'endedTo'] as const);
  const { [from]: since, [to]: until, ...rest } = filter;
  return {
    ...rest,
    ...(since === undefined || impliesFrom(cursor, newestFirst, since) ? {} : { [from]: since }),
    ...(until === undefined || impliesTo(cursor, newestFirst, until) ? {} : { [to]: until }),
  };
};

export const searchBackups =
  (database: Database): SearchHistory['searchBackups'] =>
  async (filter, sort, after, limit) => {
    const binding = bound();
    const page = found(filter, sort, after, limit, binding);
    if (page === undefined) return [];
    const listed = plainList(placedSummary(sortColumn(sort)), orderOf(sort));
    const rows = await database.ask(statement`SELECT ${answer(listed)} FROM (${page}) b`, ...binding.parameters);
    return (rows ?? []).map(({ cursor, ...json }) => ({ ...asBackupSummary(json), cursor }));
  };

export const countBackups =
  (database: Database): SearchHistory['countBackups'] =>
  async (filter, sort, max) => {
    const binding = bound();
    const all = found(filter, sort, undefined, max, binding);
    if (all === undefined) return 0;
    return (await database.ask(statement`SELECT ${answer(count())} FROM (${all}) b`, ...binding.parameters)) ?? 0;
  };

const INCARNATIONS = statement`
SELECT ${answer(plainList(SUMMARY_JSON, 'ORDER BY b.requested_at DESC, b.key DESC'))}
FROM backup b WHERE b.key = ANY (ARRAY(
  SELECT key FROM backup WHERE backup_id = $1 AND deleted_at IS NULL
  UNION ALL SELECT key FROM backup WHERE backup_id = $1 AND deleted_at IS NOT NULL))`;

const OF_SNAPSHOT = statement`
SELECT ${answer(plainList(SUMMARY_JSON, 'ORDER BY b.deleted_at IS NULL DESC, b.requested_at DESC, b.key DESC'))}
FROM backup b WHERE b.key = ANY (ARRAY(SELECT backup_key FROM part WHERE snapshot_name = $1))`;

const summaries = (database: Database, query: typeof INCARNATIONS) => async (name: string) =>
  ((await database.ask(query, storableText(name))) ?? []).map(asBackupSummary);

export const incarnationsOf = (database: Database): SearchHistory['incarnationsOf'] =>
  summaries(database, INCARNATIONS);
export const backupOfSnapshot = (database: Database): SearchHistory['backupOfSnapshot'] =>
  summaries(database, OF_SNAPSHOT);
