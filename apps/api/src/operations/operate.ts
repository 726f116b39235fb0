import type {
  Asked,
  OperationFilter,
  OperationHistory,
  OperationRecord,
  Retried,
} from '@tandem/history/operations-port.ts';
import type { RestoreHistory } from '@tandem/history/restores-port.ts';
import type { Released, SuspensionHistory } from '@tandem/history/suspensions-port.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import { fail } from '@tandem/shared/domain/failure.ts';
import { endsSuspension } from '@tandem/shared/domain/suspension.ts';
import { heldFailure } from '../labels/hold-answer.ts';

export type Operate = {
  readonly history: OperationHistory &
    Pick<RestoreHistory, 'stopRestore'> &
    Pick<SuspensionHistory, 'releaseOperation'>;
  /** Queues after the answer; never rejects and never waits. */
  readonly enqueue: (job: OperationJob) => void;
  /** Tells those who wait for the backup. */
  readonly announce: (backupIds: readonly string[]) => void;
  readonly newId: () => string;
};

/** OPERATION_NOT_FOUND. */
export const findOperation = async (
  { history }: { readonly history: Pick<OperationHistory, 'findOperation'> },
  operationId: string,
): Promise<OperationRecord> => {
  const operation = await history.findOperation(operationId);
  if (operation !== undefined) return operation;
  throw fail('OPERATION_NOT_FOUND', `No operation has the id ${operationId}.`, { operationId });
};

/** OPERATION_NOT_FOUND, OPERATION_NOT_FAILED, RESTORE_NOT_RETRYABLE, BACKUP_BUSY, BACKUP_DELETED, BACKUP_HELD. */
export const retry = async (deps: Operate, operationId: string, asked: Asked): Promise<OperationRecord> => {
  const retried = await deps.history.retryOperation(operationId, asked);
  if (!retried.done) throw await notRetried(deps, operationId, retried);
  deps.enqueue(retried.operation);
  return told(deps, operationId);
};

type NotRetried = Extract<Retried, { readonly done: false }>;

const notRetried = async (deps: Operate, operationId: string, refused: NotRetried) => {
  const { state, backupId } = await findOperation(deps, operationId);
  const { why } = refused;
  if (why === 'held') return heldFailure(backupId, refused.hold);
  const data = { operationId, state, backupId };
  if (why === 'busy') {
    return fail(
      'BACKUP_BUSY',
      `Another operation of backup ${backupId} is open: wait for its end, or cancel it.`,
      data,
    );
  }
  if (why === 'deletes-indices') {
    return fail(
      'RESTORE_NOT_RETRYABLE',
      `Restore ${operationId} deletes indices, and what they hold may have changed since it was planned. Create a new plan: POST /api/v1/restores/plan.`,
      data,
    );
  }
  if (why === 'deleted') {
    return fail('BACKUP_DELETED', `Backup ${backupId} has been deleted: request it anew under its id.`, data);
  }
  return fail(
    'OPERATION_NOT_FAILED',
    `Operation ${operationId} is ${state}; only one that FAILED can be retried.`,
    data,
  );
};

/** OPERATION_NOT_FOUND, OPERATION_NOT_SUSPENDED, OPERATION_NOT_RELEASABLE, RESTORE_RUNNING, BACKUP_HELD. */
export const release = async (deps: Operate, operationId: string, asked: Asked): Promise<OperationRecord> => {
  const released = await deps.history.releaseOperation(operationId, asked);
  if (!released.done) throw await notReleased(deps, operationId, released);
  deps.enqueue(released.operation);
  return told(deps, operationId);
};

const notReleased = async (
  deps: Operate,
  operationId: string,
  refused: Extract<Released, { readonly done: false }>,
) => {
  const { state, kind, backupId } = await findOperation(deps, operationId);
  const { why } = refused;
  if (why === 'held') return heldFailure(backupId, refused.hold);
  const data = { operationId, state, backupId };
  if (why === 'busy') {
    const message = `A restore writes under the names of the indices that ${backupId} would hold: wait for its end, or cancel it.`;
    return fail('RESTORE_RUNNING', message, data);
  }
  if (why === 'restore') {
    const ends = endsSuspension({ operationId, kind });
    return fail(
      'OPERATION_NOT_RELEASABLE',
      `Operation ${operationId} is a ${kind === 'rehearse' ? 'rehearsal' : 'restore'}: it may have been carried out since, so it is not resumed. To end it, ${ends}.`,
      data,
    );
  }
  const message = `Operation ${operationId} is ${state}; only one that is SUSPENDED can be released.`;
  return fail('OPERATION_NOT_SUSPENDED', message, data);
};

/**
 * A restore or rehearsal takes back what it did before it ends; suspended, it ends at once, and the engine is left as it is.
 * OPERATION_NOT_FOUND, OPERATION_ENDED, BACKUP_HELD.
 */
export const cancel = async (
  deps: Operate,
  operationId: string,
  asked: Asked,
  deleteSnapshots: boolean,
): Promise<OperationRecord> => {
  const { kind, state, backupId } = await findOperation(deps, operationId);
  const isRestore = kind === 'restore' || kind === 'rehearse';
  if (isRestore && state !== 'SUSPENDED') return stop(deps, operationId, asked);
  // what runs is aborted all the same: a snapshot that nobody waits for would only keep the repository busy
  const deletion =
    kind === 'create' ? { operationId: deps.newId(), keepBackup: true, onlyUnfinished: !deleteSnapshots } : undefined;
  const cancelled = await deps.history.cancelOperation(
    operationId,
    asked,
    deletion === undefined ? undefined : { ...deletion, deleteDiscovered: false },
  );
  if (!cancelled.done && cancelled.why === 'held') throw heldFailure(backupId, cancelled.hold);
  if (!cancelled.done) throw await ended(deps, operationId);
  for (const job of cancelled.due) deps.enqueue(job);
  return told(deps, operationId);
};

/** Of a restore or rehearsal. OPERATION_ENDED. */
export const stop = async (deps: Operate, operationId: string, asked: Asked): Promise<OperationRecord> => {
  const stopped = await deps.history.stopRestore(operationId, asked);
  if (!stopped.done && stopped.why === 'suspended') return cancel(deps, operationId, asked, false);
  if (!stopped.done) throw await ended(deps, operationId);
  deps.enqueue(stopped.due);
  return told(deps, operationId);
};

const ended = async (deps: Operate, operationId: string) => {
  const { state } = await findOperation(deps, operationId);
  return fail('OPERATION_ENDED', `Operation ${operationId} has ended already: it is ${state}.`, { operationId, state });
};

const told = async (deps: Operate, operationId: string): Promise<OperationRecord> => {
  const operation = await findOperation(deps, operationId);
  deps.announce([operation.backupId]);
  return operation;
};

/** The next page after a position, and the position after which the one behind it begins. */
export const listPage = async (
  { history }: { readonly history: Pick<OperationHistory, 'listOperations'> },
  filter: OperationFilter,
  after: string | undefined,
  limit: number,
): Promise<{ readonly items: readonly OperationRecord[]; readonly next: string | undefined }> => {
  const found = await history.listOperations(filter, after, limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.position : undefined };
};
