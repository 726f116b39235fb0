import type { IndexEngine } from '@tandem/engine/index-port.ts';
import type { Command } from '@tandem/history/ports/events.ts';
import type { OperationFilter, OperationHistory, OperationRecord, Retried } from '@tandem/history/ports/operations.ts';
import type { RestoreHistory, RestoreRecord } from '@tandem/history/ports/restores.ts';
import type { Released, SuspensionHistory } from '@tandem/history/ports/suspensions.ts';
import { type CheckSafetyBackup, checkSafetyBackup } from '@tandem/planning/plan/check-safety-backup.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { endsSuspension } from '@tandem/shared/domain/operation/suspension.ts';
import { abandonedRestore } from '@tandem/shared/domain/restore/run/abandoned-restore.ts';
import { readRestoreDetail, targetNames } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { heldFailure } from '../labels/hold-answer.ts';

export type Operate = {
  readonly history: OperationHistory &
    Pick<RestoreHistory, 'stopRestore' | 'findRestore'> &
    Pick<SuspensionHistory, 'releaseOperation'> &
    CheckSafetyBackup['history'];
  /** The indices under the target names. Rejects if the engine does not respond. */
  readonly engine: Pick<IndexEngine, 'indexRecoveries'> & CheckSafetyBackup['engine'];
  /** Queues after the response; never rejects and never waits. */
  readonly enqueue: (job: OperationJob) => void;
  /** Notifies callers that wait for the backup. */
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
export const retry = async (deps: Operate, operationId: string, command: Command): Promise<OperationRecord> => {
  const retried = await deps.history.retryOperation(operationId, command);
  if (!retried.done) throw await notRetried(deps, operationId, retried);
  deps.enqueue(retried.operation);
  return announced(deps, operationId);
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
      `Another operation of backup ${backupId} is open: wait for its end, or cancel it.${await suspendedWords(deps, backupId)}`,
      data,
    );
  }
  if (why === 'deletes-indices') {
    return fail(
      'RESTORE_NOT_RETRYABLE',
      `Restore ${operationId} deletes indices, and their contents may have changed since it was planned. Create a new plan: POST /api/v1/restores/plan.`,
      data,
    );
  }
  if (why === 'deleted') {
    return fail('BACKUP_DELETED', `Backup ${backupId} has been deleted: request a new backup with the same id.`, data);
  }
  return fail(
    'OPERATION_NOT_FAILED',
    `Operation ${operationId} is ${state}; only one that FAILED can be retried.`,
    data,
  );
};

/**
 * A restore or rehearsal rolls back what it did before it ends; a SUSPENDED one is abandoned instead. OPERATION_NOT_FOUND, OPERATION_ENDED,
 * BACKUP_HELD.
 */
export const cancel = async (
  deps: Operate,
  operationId: string,
  command: Command,
  deleteSnapshots: boolean,
): Promise<OperationRecord> => {
  const { kind, backupId } = await findOperation(deps, operationId);
  if (kind === 'restore' || kind === 'rehearse') return stop(deps, operationId, command);
  // a running snapshot is aborted anyway: it would only keep the repository busy
  const deletion =
    kind === 'create' ? { operationId: deps.newId(), keepBackup: true, onlyUnfinished: !deleteSnapshots } : undefined;
  const cancelled = await deps.history.cancelOperation(
    operationId,
    command,
    deletion === undefined ? undefined : { ...deletion, deleteDiscovered: false },
  );
  if (!cancelled.done && cancelled.why === 'held') throw heldFailure(backupId, cancelled.hold);
  if (!cancelled.done) throw await ended(deps, operationId);
  for (const job of cancelled.due) deps.enqueue(job);
  return announced(deps, operationId);
};

/** Stops a restore or rehearsal; a SUSPENDED one is abandoned. OPERATION_ENDED. */
export const stop = async (deps: Operate, operationId: string, command: Command): Promise<OperationRecord> => {
  const stopped = await deps.history.stopRestore(operationId, command);
  if (!stopped.done && stopped.why === 'suspended') return abandon(deps, operationId, command);
  if (!stopped.done) throw await ended(deps, operationId);
  deps.enqueue(stopped.due);
  return announced(deps, operationId);
};

/** Only reads from the engine: the report lists what exists under the target names. */
const abandon = async (deps: Operate, operationId: string, command: Command): Promise<OperationRecord> => {
  const record = await deps.history.findRestore(operationId);
  const report = record && (await abandonReport(deps, record));
  const cancelled = await deps.history.cancelOperation(operationId, command, undefined, report);
  if (!cancelled.done) throw await ended(deps, operationId);
  return announced(deps, operationId);
};

const abandonReport = async (deps: Operate, record: RestoreRecord): Promise<Reason> => {
  const detail = readRestoreDetail(record.detail);
  const isSaved = detail.task.safetyBackupId !== undefined;
  const [seen, safety] = await Promise.all([
    targetsOf(deps, record),
    isSaved ? checkSafetyBackup(deps, detail.task) : undefined,
  ]);
  return abandonedRestore(detail, seen, safety);
};

const targetsOf = async ({ engine }: Operate, { detail }: RestoreRecord) => {
  try {
    return await engine.indexRecoveries(targetNames(readRestoreDetail(detail).task.parts));
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
};

/** OPERATION_NOT_FOUND, OPERATION_NOT_SUSPENDED, OPERATION_NOT_RELEASABLE, RESTORE_RUNNING, BACKUP_HELD. */
export const release = async (deps: Operate, operationId: string, command: Command): Promise<OperationRecord> => {
  const released = await deps.history.releaseOperation(operationId, command);
  if (!released.done) throw await notReleased(deps, operationId, released);
  deps.enqueue(released.operation);
  return announced(deps, operationId);
};

const notReleased = async (
  deps: Operate,
  operationId: string,
  refused: Extract<Released, { readonly done: false }>,
): Promise<Failure> => {
  const { kind, state, backupId } = await findOperation(deps, operationId);
  const data = { operationId, state, backupId };
  switch (refused.why) {
    case 'held':
      return heldFailure(backupId, refused.hold);
    case 'busy':
      return fail(
        'RESTORE_RUNNING',
        `A restore writes to the indices that backup ${backupId} would contain: release operation ${operationId} when it has ended.`,
        data,
      );
    case 'restore':
      return fail(
        'OPERATION_NOT_RELEASABLE',
        `Operation ${operationId} (${kind}) may have changed the engine after the state that the history was rolled back to, so it is neither resumed nor rolled back: ${endsSuspension({ operationId, kind })}, then create a new plan.`,
        data,
      );
    default:
      return fail(
        'OPERATION_NOT_SUSPENDED',
        `Operation ${operationId} is ${state}; only one that is SUSPENDED can be released.`,
        data,
      );
  }
};

/** Empty if none of the backup's operations is suspended. */
const suspendedWords = async ({ history }: Operate, backupId: string): Promise<string> => {
  const [suspended] = await history.listOperations({ states: ['SUSPENDED'], backupId }, undefined, 1);
  if (suspended === undefined) return '';
  return ` Operation ${suspended.operationId} (${suspended.kind}) is SUSPENDED: ${endsSuspension(suspended)}.`;
};

const ended = async (deps: Operate, operationId: string) => {
  const { state } = await findOperation(deps, operationId);
  return fail('OPERATION_ENDED', `Operation ${operationId} has already ended: it is ${state}.`, { operationId, state });
};

const announced = async (deps: Operate, operationId: string): Promise<OperationRecord> => {
  const operation = await findOperation(deps, operationId);
  deps.announce([operation.backupId]);
  return operation;
};

/** The next page after a position, and the position at which the page after that begins. */
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
