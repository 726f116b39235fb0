import type { VersionedBackup, VersionFilter, VersionHistory } from '../../ports/versions.ts';
import { asLocation, LOCATION_JSON, OLDEST_INDEX_JSON } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { searching } from '../searching.ts';
import {
  answer,
  columns,
  count,
  json,
  plainJson,
  plainList,
  sql,
  statement,
  text,
  total,
  type ValueOf,
} from '../sql/statement.ts';

const b = columns<'Backup'>('b');
const p = columns<'Part'>('p');

/** The values of a column of parts that exist, from one to the next by its index: parts of the same value are skipped. */
const distinct = (column: string) =>
  sql<readonly number[]>(`(
  WITH RECURSIVE each (value) AS (
    (SELECT ${column} FROM part WHERE state = 'SUCCESS' AND ${column} IS NOT NULL ORDER BY ${column} LIMIT 1)
    UNION ALL
    SELECT (SELECT p.${column} FROM part p WHERE p.state = 'SUCCESS' AND p.${column} > each.value ORDER BY p.${column} LIMIT 1)
    FROM each WHERE each.value IS NOT NULL
  )
  SELECT coalesce(json_agg(value ORDER BY value) FILTER (WHERE value IS NOT NULL), '[]') FROM each)`);

const DISTINCT = statement`SELECT ${answer(
  json({ snapshots: distinct('version_id'), oldestIndices: distinct('oldest_created') }),
)}`;

const recordedVersions =
  (database: Database): VersionHistory['recordedVersions'] =>
  async () =>
    (await database.ask(DISTINCT)) ?? { snapshots: [], oldestIndices: [] };

// LATERAL, so that each value is walked by its index in the order of the keys, and ends with the limit. The subquery of a backup must not become
// a join: its rows would be read in another order, all of them.
const keysOf = (values: string, condition: string): string => `
  SELECT hit.backup_key FROM ${values} CROSS JOIN LATERAL (
    SELECT DISTINCT p.backup_key FROM part p
    WHERE p.state = 'SUCCESS' AND ${condition} AND p.backup_key < $3::bigint
      AND (SELECT b.state = 'COMPLETED' AND b.deleted_at IS NULL FROM backup b WHERE b.key = p.backup_key)
    ORDER BY p.backup_key DESC LIMIT $4::int) hit`;

/** The keys of matching backups: $1 versions of snapshots, $2 of oldest indices, $3 below which key, $4 how many, $5 of snapshots whose oldest index was not recorded. */
const KEYS = `
SELECT backup_key AS key FROM (
  ${keysOf('unnest($1::int[]) v(id)', 'p.version_id = v.id')}
  UNION ${keysOf('unnest($2::int[]) v(id)', 'p.oldest_created = v.id')}
  UNION ${keysOf('unnest($5::int[]) v(id)', 'p.oldest_created IS NULL AND p.version_id = v.id')}
) found ORDER BY key DESC LIMIT $4::int`;

const BACKUP = plainJson({
  ...{ key: text(b.key), backupId: b.backupId, optimizeVersion: b.optimizeVersion, requestedAt: b.requestedAt },
  ...{ location: LOCATION_JSON, safetyOf: b.safetyOf },
  parts: total(
    plainList(
      plainJson({
        ...{ number: p.number, snapshotName: p.snapshotName, state: p.state, engineVersion: p.engineVersion },
        ...{ versionId: p.versionId, oldestIndex: OLDEST_INDEX_JSON },
      }),
      'ORDER BY p.number',
    ),
    'FROM part p WHERE p.backup_key = b.key',
  ),
});

const PAGE = statement`
SELECT ${answer(plainList(BACKUP, 'ORDER BY b.key DESC'))}
FROM (${KEYS}) page JOIN backup b ON b.key = page.key`;

const COUNT = statement`SELECT ${answer(count())} FROM (${KEYS}) page`;

/** Larger than every key. */
const NO_KEY = '9223372036854775807';

const asVersioned = (json: ValueOf<typeof BACKUP>): VersionedBackup => ({
  ...json,
  requestedAt: new Date(json.requestedAt),
  location: asLocation(json.location),
  safetyOf: json.safetyOf ?? undefined,
  parts: json.parts.map((part) => ({
    ...part,
    engineVersion: part.engineVersion ?? undefined,
    versionId: part.versionId ?? undefined,
    oldestIndex: part.oldestIndex ?? undefined,
  })),
});

const parametersOf = (
  { snapshots, oldestIndices, unrecorded = [] }: VersionFilter,
  after: string | undefined,
  limit: number,
) => [snapshots, oldestIndices, after ?? NO_KEY, limit, unrecorded] as const;

/** Queries that may walk a long history use `searches`. */
export const versions = (database: Database, searches: Database): VersionHistory => ({
  recordedVersions: recordedVersions(database),
  backupsOfVersions: async (filter, after, limit) =>
    ((await searching(searches).ask(PAGE, ...parametersOf(filter, after, limit))) ?? []).map(asVersioned),
  countBackupsOfVersions: async (filter, max) =>
    (await searching(searches).ask(COUNT, ...parametersOf(filter, undefined, max))) ?? 0,
});
