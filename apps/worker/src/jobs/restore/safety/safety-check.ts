import { checkSafetyBackup, safetyProblemsNow } from '@tandem/planning/plan/check-safety-backup.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { hasDeleted } from '@tandem/shared/domain/restore/run/restore-expiry.ts';
import type { RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { indicesToSave } from '@tandem/shared/domain/restore/safety-backup.ts';
import type { RestoreJob, RestoreTick } from '../context.ts';

type Checked = Pick<RestoreTick, 'job' | 'detail'>;

/**
 * Called immediately before indices are deleted. Returns why the restore must not continue; undefined: it may. Queries the engine, not
 * PostgreSQL.
 */
export const verifySafety = async ({ job, detail }: Checked): Promise<Reason | undefined> => {
  const { safetyBackupId } = detail.task;
  if (safetyBackupId === undefined) return undefined;
  const problems = await safetyProblemsNow(job, detail.task);
  if (problems.length === 0) return undefined;
  return {
    code: 'RESTORE_UNSAFE',
    message: `The safety backup ${safetyBackupId} is not intact: ${problems.join('; ')}. Create a new plan.`,
    data: { safetyBackupId, problems },
  };
};

const NONE = 'No safety backup exists: as accepted, these indices were deleted without one: ';

/** The state of the safety backup at the end of a restore that has begun to delete. `intact` undefined: it could not be checked. */
export type SafetyAtEnd = {
  readonly words: string;
  readonly safetyBackup: { readonly backupId: string; readonly intact: boolean | undefined } | undefined;
};

/** Undefined: nothing was deleted, so there is nothing to recover. Queries the engine; if it does not respond, the restore ends anyway. */
export const safetyAtEnd = async ({ job, detail }: Checked): Promise<SafetyAtEnd | undefined> => {
  const { task } = detail;
  if (!hasDeleted(detail)) return undefined;
  const unsaved = task.deletes.length - indicesToSave(task.deletes, task.acceptUnsaved).length;
  const backupId = task.safetyBackupId;
  if (backupId === undefined)
    return { words: `${NONE}${nameList(task.deletes.map(({ index }) => index))}.`, safetyBackup: undefined };
  const without = unsaved === 0 ? '' : ` It does not contain ${nameList(task.acceptUnsaved ?? [])}, as accepted.`;
  const { intact, words } = await intactness(job, task, backupId);
  return { words: `${words}${without}`, safetyBackup: { backupId, intact } };
};

const intactness = async (job: RestoreJob, task: RestoreTask, backupId: string) => {
  const { problems, why } = await checkSafetyBackup(job, task);
  const backup = `safety backup ${backupId}`;
  if (problems === undefined)
    return {
      intact: undefined,
      words: `The deleted indices are in ${backup}; whether it is intact could not be checked: ${why}`,
    };
  const words =
    problems.length === 0
      ? `The deleted indices are in ${backup}, which is intact: restore it to get them back.`
      : `The deleted indices were saved in ${backup}, which is no longer intact: ${problems.join('; ')}.`;
  return { intact: problems.length === 0, words };
};
