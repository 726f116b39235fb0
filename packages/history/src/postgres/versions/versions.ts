import type { VersionedBackup, VersionFilter, VersionHistory } from '../../ports/versions.ts';
import { asLocation, LOCATION_JSON, OLDEST_INDEX_JSON } from '../backups/backup-json.ts';
import type { Database } from '../connection/open-database.ts';
import { searching } from '../searching.ts';
import {
  answer,
  columns,
  json,
  plainJson,
  plainList,
  sql,
  statement,
  text,
  total,
  type ValueOf,
} from '../sql/statement.ts';
import { unrecorded } from './unrecorded-parts.ts';

const b = columns<'Backup'>('b');
const p = columns<'Part'>('p');

/** The values of a column of parts that exist, from one to the next by its index: parts of the same value are skipped. */
const distinct = (column: string) =>
  sql<readonly number[]>(`(
  WITH RECURSIVE each (value) AS (
    (SELECT ${column} FROM part WHERE state = 'SUCCESS' AND ${column} IS NOT NULL ORDER BY ${column} LIMIT 1)
    UNION ALL
    SELECT (SELECT p.${column} FROM part p WHERE p.state = 'SUCCESS' AND p.${column} IS NOT NULL AND p.${column} > each.value ORDER BY p.${column} LIMIT 1)
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
const partsOf = (values: string, condition: string, { distinct = '', limit = '' }): string => `
  SELECT hit.backup_key FROM unnest(${values}::int[]) v(id) CROSS JOIN LATERAL (
    SELECT ${distinct} p.backup_key FROM part p
    WHERE p.state = 'SUCCESS' AND ${condition} AND p.backup_key < $3::bigint
      AND (SELECT b.state = 'COMPLETED' AND b.deleted_at IS NULL FROM backup b WHERE b.key = p.backup_key)
    ORDER BY p.backup_key DESC LIMIT ${limit}) hit`;

/** The backups of matching parts: $1 versions of snapshots, $2 of oldest indices, $5 of snapshots whose oldest index was not recorded. */
const matching = (union: 'UNION' | 'UNION ALL', each: { distinct?: string; limit: string }): string =>
  [
    partsOf('$1', 'p.version_id = v.id', each),
    partsOf('$2', 'p.oldest_created = v.id', each),
    partsOf('$5', 'p.oldest_created IS NULL AND p.version_id = v.id', each),
  ].join(` ${union} `);

/** $3: below which key, $4: how many. */
const KEYS = `
SELECT backup_key FROM (${matching('UNION', { distinct: 'DISTINCT', limit: '$4::int' })}) found
ORDER BY backup_key DESC LIMIT $4::int`;

/** A backup is found by each of its parts, by two conditions at most; of sets of more parts than four fewer are counted. */
const HITS = '8 * $4::int';

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
FROM backup b WHERE b.key = ANY (ARRAY(${KEYS}))`;

// Not sorted, so that it ends with the limit.
const COUNT = statement`
SELECT ${answer(sql<number>('least(count(DISTINCT backup_key), $4::int)::int'))}
FROM (SELECT * FROM (${matching('UNION ALL', { limit: HITS })}) hits LIMIT ${HITS}) found`;

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
  ...unrecorded(database),
  backupsOfVersions: async (filter, after, limit) =>
    ((await searching(searches).ask(PAGE, ...parametersOf(filter, after, limit))) ?? []).map(asVersioned),
  countBackupsOfVersions: async (filter, max) =>
    (await searching(searches).ask(COUNT, ...parametersOf(filter, undefined, max))) ?? 0,
});
