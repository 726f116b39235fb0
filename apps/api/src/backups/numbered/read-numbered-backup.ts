import type { BackupInfo } from '@tandem/shared/contract/optimize-backups.ts';
import type { BackupRecord, Location } from '@tandem/shared/domain/backup/backup.ts';
import { isWhereItLives } from '@tandem/shared/domain/backup/location.ts';
import { deletionUnderWay } from '@tandem/shared/domain/backup/state/deletion-under-way.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../../http/route.ts';
import { configuredRepository } from '../../repositories/configured-repository.ts';
import { type ReadBackupState, readStateNow } from '../read/read-backup-state.ts';
import { backupInfo, recordedSnapshot, type ShownSnapshot } from './backup-info.ts';

/**
 * A backup as Optimize 3.10 and later reports it: its state, and what the engine has of it now. One that is being deleted counts as deleted.
 * BACKUP_NOT_FOUND, REPOSITORY_NOT_CONFIGURED, REPOSITORY_CHANGED, HISTORY_UNREACHABLE, and as the engine rejects.
 */
export const readNumberedBackup =
  (deps: ReadBackupState) =>
  async (backupId: string, context: RequestContext): Promise<BackupInfo> => {
    const here = await deps.facts.location(configuredRepository(deps.repository));
    const known = await recordOf(deps, backupId, here);
    const state = await stateNow(deps, backupId, context);
    const record = known ?? (await recordOf(deps, backupId, here));
    if (record === undefined) throw fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}.`, { backupId });
    return backupInfo(record, state, await snapshotsOf(deps, record));
  };

const recordOf = async (
  { history }: ReadBackupState,
  backupId: string,
  here: Location,
): Promise<BackupRecord | undefined> => {
  const record = await history.findBackup(backupId, here);
  const deletion = deletionUnderWay(record?.deletion);
  if (deletion === undefined) return record;
  const { operationId } = deletion;
  throw fail(
    'BACKUP_NOT_FOUND',
    `Backup ${backupId} is being deleted: GET /api/v1/operations/${operationId}. Its record: GET /api/v1/backups/${backupId}.`,
    { backupId, operationId },
  );
};

/** Resolves once a set that exists only in the repository is recorded. */
const stateNow = async (deps: ReadBackupState, backupId: string, context: RequestContext) => {
  const tasks: Promise<unknown>[] = [];
  const afterAnswer: ReadBackupState['afterAnswer'] = (_what, task) => void tasks.push(task());
  const { state } = await readStateNow({ ...deps, afterAnswer })(backupId, context);
  await Promise.all(tasks);
  return state;
};

/** As the engine has them now; if the repository is not where the backup lives, as they were last seen. */
const snapshotsOf = async (
  { engine, facts }: ReadBackupState,
  { location, parts }: BackupRecord,
): Promise<readonly ShownSnapshot[]> => {
  const { repository } = location;
  if (!isWhereItLives(location, await facts.location(repository))) {
    return parts.flatMap((part) => recordedSnapshot(part) ?? []);
  }
  const names = parts.map(({ snapshotName }) => snapshotName);
  const found = new Map((await engine.findSnapshots(repository, names)).map((snapshot) => [snapshot.name, snapshot]));
  return names.flatMap((name) => found.get(name) ?? []);
};
