import type { Reason } from '@tandem/shared/domain/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import type { RestoreTask } from '@tandem/shared/domain/restore-memory.ts';
import { indicesToSave, named, safetyProblems } from '@tandem/shared/domain/safety-backup.ts';
import { requireSameRepository } from './repository-identity.ts';
import type { RestoreJob, RestoreTick } from './restore.ts';

type Checked = Pick<RestoreTick, 'job' | 'detail'>;

/** Immediately before indices are deleted: undefined, or why the restore must not go on. Asks the engine, not PostgreSQL. */
export const verifySafety = async ({ job, detail }: Checked): Promise<Reason | undefined> => {
  const { safetyBackupId } = detail.task;
  if (safetyBackupId === undefined) return undefined;
  const problems = await problemsOf(job, detail.task);
  if (problems.length === 0) return undefined;
  return {
    code: 'RESTORE_UNSAFE',
    message: `The safety backup ${safetyBackupId} is not intact: ${problems.join('; ')}. Create a new plan.`,
    data: { safetyBackupId, problems },
  };
};

/** What the repository holds of it now. Empty: every index that it has to hold is in it, in snapshots that are complete. */
const problemsOf = async ({ engine, history }: RestoreJob, task: RestoreTask): Promise<readonly string[]> => {
  const { safetyBackupId = '', deletes, acceptUnsaved } = task;
  const record = await history.findBackupWithDeleted(safetyBackupId, undefined);
  if (record === undefined) return ['it is not recorded'];
  if (record.deletedAt !== undefined) return [`it was deleted at ${record.deletedAt.toISOString()}`];
  try {
    await requireSameRepository(engine, record.location);
  } catch (error) {
    if (!isFailure(error, 'REPOSITORY_CHANGED', 'REPOSITORY_UNKNOWN', 'REPOSITORY_UNAVAILABLE')) throw error;
    return [error.message];
  }
  const names = record.parts.map(({ snapshotName }) => snapshotName);
  const seen = await engine.findSnapshots(record.location.repository, names);
  return safetyProblems(record, seen, indicesToSave(deletes, acceptUnsaved));
};

const NONE = 'No safety backup exists: as accepted, what these indices held was deleted without one: ';

/** What is known of the safety backup at the end of a restore that has begun to delete. `intact` undefined: it could not be checked. */
export type SafetyAtEnd = {
  readonly words: string;
  readonly safetyBackup: { readonly backupId: string; readonly intact: boolean | undefined } | undefined;
};

/**
 * Undefined: nothing was deleted, so that there is nothing to get back. Asks the engine now; an engine that does not answer keeps the restore
 * from ending no longer.
 */
export const safetyAtEnd = async ({ job, detail }: Checked): Promise<SafetyAtEnd | undefined> => {
  const { task, memory } = detail;
  if (task.deletes.length === 0 || (!memory.deleted && !memory.deleting)) return undefined;
  const unsaved = task.deletes.length - indicesToSave(task.deletes, task.acceptUnsaved).length;
  const backupId = task.safetyBackupId;
  if (backupId === undefined)
    return { words: `${NONE}${named(task.deletes.map(({ index }) => index))}.`, safetyBackup: undefined };
  const without = unsaved === 0 ? '' : ` It does not hold ${named(task.acceptUnsaved ?? [])}, as accepted.`;
  const { intact, words } = await intactness(job, task, backupId);
  return { words: `${words}${without}`, safetyBackup: { backupId, intact } };
};

const intactness = async (job: RestoreJob, task: RestoreTask, backupId: string) => {
  try {
    const problems = await problemsOf(job, task);
    const words =
      problems.length === 0
        ? `What was deleted is in safety backup ${backupId}, which is intact: restore that one to get it back.`
        : `What was deleted was saved in safety backup ${backupId}, which is not intact now: ${problems.join('; ')}.`;
    return { intact: problems.length === 0, words };
  } catch (error) {
    if (!isFailure(error)) throw error;
    if (error.code === 'HISTORY_UNREACHABLE') throw error;
    const words = `What was deleted is in safety backup ${backupId}; whether it is intact could not be checked: ${error.message}`;
    return { intact: undefined, words };
  }
};
