import { expired } from './restore-expiry.ts';
import type { RestoreStepName } from './restore-memory.ts';
import { stepOfPart } from './restore-part-step.ts';
import { stepOfEnding } from './restore-rollback.ts';
import type { RestoreStep, Restoring } from './restoring.ts';

/**
 * Pure. Only indices that this restore is known to have made are ever removed, by their uuid, and only while nobody can have written to them.
 */
export const nextRestoreStep = (restoring: Restoring): RestoreStep => {
  const { task, memory, stop } = restoring.detail;
  if (memory.ending !== undefined) return stepOfEnding(restoring);
  if (stop !== undefined) return stopped(memory.step, stop);
  const tooOld = expired(restoring);
  if (tooOld !== undefined) return { step: 'fail', at: memory.step, reason: tooOld };
  if (!memory.checked) return { step: 'preflight' };
  if (!memory.deleted && task.deletes.length > 0) {
    return {
      step:
        memory.step === 'delete-existing' || task.safetyBackupId === undefined ? 'delete-existing' : 'safety-backup',
    };
  }
  for (const part of task.parts) {
    const step = stepOfPart(restoring, part);
    if (step !== 'done') return step;
  }
  return memory.templatesDone ? { step: 'compare' } : { step: 'templates' };
};

const stopped = (at: RestoreStepName, { reason }: { readonly reason?: string }): RestoreStep => ({
  step: 'fail',
  at,
  reason: {
    code: 'RESTORE_STOPPED',
    message: `A person had it stopped${reason === undefined ? '.' : `: ${reason}`}`,
    data: {},
  },
});
