import type { Reason } from '../../failure/reason.ts';
import { cancellation, cancelledReason } from '../../operation/cancellation.ts';
import { expired } from './restore-expiry.ts';
import { partKey, type RestoreDetail, type RestoreStepName, type StopRequest } from './restore-memory.ts';
import { stepOfPart } from './restore-part-step.ts';
import { stepOfEnding } from './restore-rollback.ts';
import type { RestoreStep, Restoring } from './restoring.ts';

/**
 * Pure. Only indices that this restore is known to have made are ever removed, by their uuid, and only while no other client can have written
 * to them.
 */
export const nextRestoreStep = (restoring: Restoring): RestoreStep => {
  const { task, memory, stop } = restoring.detail;
  if (memory.ending !== undefined) return stepOfEnding(restoring);
  if (stop !== undefined) return { step: 'fail', at: memory.step, reason: stopped(restoring.detail, stop) };
  const tooOld = expired(restoring);
  if (tooOld !== undefined) return { step: 'fail', at: memory.step, reason: tooOld };
  if (!memory.checked) return { step: 'preflight' };
  if (!memory.deleted && task.deletes.length > 0) {
    return { step: deletionStep(restoring.detail) };
  }
  for (const part of task.parts) {
    const step = stepOfPart(restoring, part);
    if (step !== 'done') return step;
  }
  return memory.templatesDone ? { step: 'compare' } : { step: 'templates' };
};

/** The step that a restore is at, also while it is tried again: what it remembers is the last one that went well. */
export const currentStep = ({ task, memory }: Pick<RestoreDetail, 'task' | 'memory'>): RestoreStepName => {
  if (memory.ending !== undefined || memory.step === 'done') return memory.step;
  if (!memory.checked) return 'preflight';
  if (!memory.deleted && task.deletes.length > 0) return deletionStep({ task, memory });
  if (task.parts.some((part) => memory.parts[partKey(part)] !== 'done')) return 'parts';
  return memory.templatesDone ? 'compare' : 'templates';
};

const deletionStep = ({ task, memory }: Pick<RestoreDetail, 'task' | 'memory'>) =>
  memory.step === 'delete-existing' || task.safetyBackupId === undefined ? 'delete-existing' : 'safety-backup';

const stopped = ({ task }: RestoreDetail, { actor, reason, requestId, at }: StopRequest): Reason => {
  const why = cancellation(task.copy ? 'rehearse' : 'restore', { actor, reason, requestId });
  return cancelledReason({ ...why, code: 'RESTORE_STOPPED' }, at === undefined ? undefined : new Date(at));
};
