import { checkSafetyBackup, safetyProblemsNow } from '@tandem/planning/plan/check-safety-backup.ts';
import type { Reason } from '@tandem/shared/domain/backup/backup.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { hasDeleted } from '@tandem/shared/domain/restore/run/restore-expiry.ts';
import type { RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { indicesToSave } from '@tandem/shared/domain/restore/safety-backup.ts';
import type { RestoreJob, RestoreTick } from '../context.ts';

type Checked = Pick<RestoreTick, 'job' | 'detail'>;

/** Immediately before indices are deleted: undefined, or why the restore must not go on. Asks the engine, not PostgreSQL. */
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
  const { task } = detail;
  if (!hasDeleted(detail)) return undefined;
  const unsaved = task.deletes.length - indicesToSave(task.deletes, task.acceptUnsaved).length;
  const backupId = task.safetyBackupId;
  if (backupId === undefined)
    return { words: `${NONE}${nameList(task.deletes.map(({ index }) => index))}.`, safetyBackup: undefined };
  const without = unsaved === 0 ? '' : ` It does not hold ${nameList(task.acceptUnsaved ?? [])}, as accepted.`;
  const { intact, words } = await intactness(job, task, backupId);
  return { words: `${words}${without}`, safetyBackup: { backupId, intact } };
};

const intactness = async (job: RestoreJob, task: RestoreTask, backupId: string) => {
  const { problems, why } = await checkSafetyBackup(job, task);
  const backup = `safety backup ${backupId}`;
  if (problems === undefined)
    return {
      intact: undefined,
      words: `What was deleted is in ${backup}; whether it is intact could not be checked: ${why}`,
    };
  const words =
    problems.length === 0
      ? `What was deleted is in ${backup}, which is intact: restore that one to get it back.`
      : `What was deleted was saved in ${backup}, which is not intact now: ${problems.join('; ')}.`;
  return { intact: problems.length === 0, words };
};
