import type { BackupRecord, Location } from '@tandem/shared/domain/backup/backup.ts';
import type { BackupHistory } from '../../ports/backups.ts';
import { storableText } from '../../ports/storable.ts';
import type { Database } from '../connection/open-database.ts';
import { answer, columns, given, json, statement } from '../sql/statement.ts';
import { asBackupRecord, BACKUP_JSON, type BackupJson, sameLocation } from './backup-json.ts';

const AT_LOCATION = sameLocation('$2::text', '$3::text', '$4::text');

/*
 * Not by Prisma's client: a backup comes with its parts and operations in one statement, and its hold by the database's time.
 */

const FIND = statement`
SELECT ${answer(BACKUP_JSON)} FROM backup b
WHERE b.backup_id = $1 AND b.deleted_at IS NULL
ORDER BY (${AT_LOCATION}) DESC, b.requested_at DESC, b.key DESC
LIMIT 1`;

// Two lookups, each with its own index; the second runs only if the first finds nothing.
const newest = (lives: 'IS NULL' | 'IS NOT NULL'): string => `(
  SELECT b.key FROM backup b WHERE b.backup_id = $1 AND b.deleted_at ${lives}
  ORDER BY (${AT_LOCATION}) DESC, b.requested_at DESC, b.key DESC LIMIT 1)`;

const FIND_WITH_DELETED = statement`
SELECT ${answer(BACKUP_JSON)} FROM backup b WHERE b.key = coalesce(${newest('IS NULL')}, ${newest('IS NOT NULL')})`;

const FIND_IN_PLACE = statement`
SELECT ${answer(BACKUP_JSON)} FROM backup b
WHERE b.backup_id = $1 AND b.deleted_at IS NULL AND ${AT_LOCATION}
ORDER BY b.requested_at DESC, b.key DESC
LIMIT 1`;

const FIND_BY_KEY = statement`SELECT ${answer(BACKUP_JSON)} FROM backup b WHERE b.key = $1::bigint`;

const read = (json: BackupJson | undefined): BackupRecord | undefined =>
  json === undefined ? undefined : asBackupRecord(json);

const parametersOf = (location: Location | undefined) => [
  location?.clusterUuid ?? null,
  location?.repository ?? null,
  location?.repositoryUuid ?? null,
];

export const findBackup =
  (database: Database) =>
  async (backupId: string, location: Location | undefined): Promise<BackupRecord | undefined> =>
    read(await database.ask(FIND, storableText(backupId), ...parametersOf(location)));

export const findBackupWithDeleted =
  (database: Database) =>
  async (backupId: string, location: Location | undefined): Promise<BackupRecord | undefined> =>
    read(await database.ask(FIND_WITH_DELETED, storableText(backupId), ...parametersOf(location)));

/** The newest incarnation in that location only. */
export const findAtLocation =
  (database: Database) =>
  async (backupId: string, location: Location): Promise<BackupRecord | undefined> =>
    read(await database.ask(FIND_IN_PLACE, storableText(backupId), ...parametersOf(location)));

export const findByKey =
  (database: Database) =>
  async (key: string): Promise<BackupRecord | undefined> =>
    read(await database.ask(FIND_BY_KEY, key));

const b = columns<'Backup'>('b');

// By `backup_by_installation`, newest first.
const PREVIOUS = statement`
SELECT ${answer(json({ backupId: b.backupId, ownership: given(b.ownership) }))} FROM backup b
WHERE b.ownership IS NOT NULL AND b.key < $1::bigint
  AND b.repository_key = (SELECT repository_key FROM backup WHERE key = $1::bigint)
  AND b.index_prefix = (SELECT index_prefix FROM backup WHERE key = $1::bigint)
ORDER BY b.key DESC LIMIT 1`;

export const previousOwnership = (database: Database): BackupHistory['previousOwnership'] => {
  return (key) => database.ask(PREVIOUS, key);
};
