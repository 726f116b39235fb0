import type { SearchEngine } from '@tandem/engine/port.ts';
import type { BackupHistory } from '@tandem/history/ports/backups.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { indicesToSave, safetyProblems } from '@tandem/shared/domain/restore/safety-backup.ts';
import { requireSameRepository } from '../repository/same-repository.ts';

export type CheckSafetyBackup = {
  readonly engine: Pick<SearchEngine, 'readRepository' | 'findSnapshots'>;
  readonly history: Pick<BackupHistory, 'findBackupWithDeleted'>;
};

type Saving = Pick<RestoreTask, 'safetyBackupId' | 'deletes' | 'acceptUnsaved'>;

/**
 * Returns what is wrong with the safety backup of a restore in its repository now. Empty: every required index is in it, in
 * complete snapshots. Rejects as the ports do.
 */
export const safetyProblemsNow = async (
  { engine, history }: CheckSafetyBackup,
  { safetyBackupId = '', deletes, acceptUnsaved }: Saving,
): Promise<readonly string[]> => {
  const record = await history.findBackupWithDeleted(safetyBackupId, undefined);
  if (record === undefined) return ['it is not recorded'];
  if (record.deletedAt !== undefined) return [`it was deleted at ${record.deletedAt.toISOString()}`];
  try {
    await requireSameRepository(engine, record.location);
  } catch (error) {
    if (!isFailure(error, 'REPOSITORY_CHANGED', 'REPOSITORY_UNKNOWN', 'REPOSITORY_UNAVAILABLE')) throw error;
    return [error.message.replace(/\.$/, '')];
  }
  const names = record.parts.map(({ snapshotName }) => snapshotName);
  const seen = await engine.findSnapshots(record.location.repository, names);
  return safetyProblems(record, seen, indicesToSave(deletes, acceptUnsaved));
};

/** `problems` undefined: the backup could not be checked; `why` says why. */
export type SafetyCheck =
  | { readonly problems: readonly string[]; readonly why?: undefined }
  | { readonly problems: undefined; readonly why: string };

/** As `safetyProblemsNow`, but an error of the engine or a defect of Tandem does not reject. Rejects with HISTORY_UNREACHABLE only. */
export const checkSafetyBackup = async (deps: CheckSafetyBackup, task: Saving): Promise<SafetyCheck> => {
  try {
    return { problems: await safetyProblemsNow(deps, task) };
  } catch (error) {
    if (isFailure(error, 'HISTORY_UNREACHABLE')) throw error;
    return { problems: undefined, why: error instanceof Error ? error.message : String(error) };
  }
};
