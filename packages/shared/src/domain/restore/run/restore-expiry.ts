import type { Reason } from '../../failure/reason.ts';
import type { RestoreDetail, RestoreMemory } from './restore-memory.ts';

/** Whether a call that deletes or restores indices was sent, or was about to be. */
export const hasWritten = (memory: RestoreMemory): boolean =>
  memory.written || memory.deleted || memory.deleting || Object.keys(memory.parts).length > 0;

/** A version that did not record progress forgot its deletion once it was answered. */
const mayHaveWritten = ({ memory, progressAt }: Pick<RestoreDetail, 'memory' | 'progressAt'>): boolean =>
  hasWritten(memory) || (progressAt === undefined && memory.step === 'delete-existing');

/** Whether indices that were there before are gone, or may be: their deletion comes before every other write. */
export const hasDeleted = (detail: Pick<RestoreDetail, 'task' | 'memory' | 'progressAt'>): boolean =>
  detail.task.deletes.length > 0 && mayHaveWritten(detail);

export type Idle = {
  readonly detail: Pick<RestoreDetail, 'task' | 'memory' | 'progressAt'>;
  readonly requestedAt: Date;
  readonly expiryMs: number;
  readonly now: Date;
};

/**
 * Pure. Why a restore that has written nothing yet must not begin any more: the reviewed plan is too old. Undefined: it may continue. Failed
 * tries are no progress; once it has written, the retry limits decide alone.
 */
export const expired = ({ detail, requestedAt, expiryMs, now }: Idle): Reason | undefined => {
  const { task, memory, progressAt } = detail;
  const since = new Date(progressAt ?? memory.startedAt ?? requestedAt);
  if (mayHaveWritten(detail) || now.getTime() - since.getTime() <= expiryMs) return undefined;
  const again = task.copy ? 'Request the rehearsal again.' : 'Create a new plan: POST /api/v1/restores/plan.';
  const limit = `RESTORE_EXPIRY, ${Math.round(expiryMs / 1_000)} s`;
  return {
    code: 'RESTORE_EXPIRED',
    message: `No progress since ${since.toISOString()}, longer than allowed (${limit}): nothing was deleted or restored. ${again}`,
    data: { progressAt: since.toISOString(), expiryMs },
  };
};
