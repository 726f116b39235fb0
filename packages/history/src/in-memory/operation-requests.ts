import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { type Hold, livingHold } from '@tandem/shared/domain/backup/hold.ts';
import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { type Cancelling, cancellation, cancelledReason } from '@tandem/shared/domain/operation/cancellation.ts';
import { backupAfter, mayMove, transitions } from '@tandem/shared/domain/operation/transitions.ts';
import type { Command } from '../ports/events.ts';
import type { DueOperation } from '../ports/ledger.ts';
import type { Cancelled, DeletionRequested, NewDeletion, Retried } from '../ports/operations.ts';
import { move } from './move.ts';
import { isRestore, openRestore, openRestoreInPlace } from './restore-requests.ts';
import { addOperation, type BackupRow, isOpen, type OperationRow, openOf, stored, type Tables } from './tables.ts';
import { tell } from './tell.ts';
import { wakeNext } from './wake-next.ts';

export const retryOperation = (tables: Tables, operationId: string, command: Command): Retried => {
  const operation = tables.operations.get(operationId);
  if (operation === undefined) return { done: false, why: 'unknown' };
  const { backup, kind, failure } = operation;
  if (!mayMove('retry', operation.state)) return { done: false, why: 'not-failed' };
  if (deletesIndices(operation)) return { done: false, why: 'deletes-indices' };
  if (backup.deletedAt !== undefined) return { done: false, why: 'deleted' };
  const hold = heldAgainst(tables, operation.backup, kind === 'delete' ? operation.detail : undefined);
  if (hold) return { done: false, why: 'held', hold };
  if (openOf(tables, backup) ?? inTheWay(tables, operation)) return { done: false, why: 'busy' };
  const { state: was } = operation;
  const backupState = putBack(tables, operation);
  if (kind === 'create') Object.assign(backup, { endedAt: undefined, failure: undefined });
  tell(tables, backup, command, {
    kind: 'operation.retried',
    before: { operationId, kind, state: was, code: failure?.code },
    after: { operationId, kind, state: operation.state, ...(backupState && { backup: backupState }) },
  });
  return { done: true, operation: { operationId, revision: operation.revision } };
};

const deletesIndices = ({ kind, detail }: OperationRow): boolean => {
  const task = detail.task as { readonly deletes?: readonly unknown[] } | undefined;
  return kind === 'restore' && (task?.deletes ?? []).length > 0;
};

/** What forbids a deletion, if there is one, to take what was saved. */
export const heldAgainst = (
  tables: Tables,
  { hold }: BackupRow,
  deletion: { readonly onlyUnfinished?: unknown } | undefined,
): Hold | undefined =>
  deletion === undefined || deletion.onlyUnfinished === true ? undefined : livingHold(hold, tables.now());

/** The restore that a restore would be the second of, or that a create would back up the half of. */
const inTheWay = (tables: Tables, { kind, backup, restoreCluster }: OperationRow): OperationRow | undefined => {
  if (kind === 'create') return openRestoreInPlace(tables, backup.location.clusterUuid, undefined);
  return restoreCluster === undefined ? undefined : openRestore(tables, restoreCluster);
};

const putBack = (tables: Tables, operation: OperationRow): BackupState | undefined => {
  operation.trigger = 'person';
  operation.createSlot = undefined;
  operation.nextTickAt = tables.now();
  operation.waitMs = 0;
  operation.failedTries = 0;
  operation.failingSince = undefined;
  operation.errorClass = undefined;
  operation.failure = undefined;
  operation.endedAt = undefined;
  if (isRestore(operation)) operation.detail = { ...operation.detail, progressAt: tables.now().toISOString() };
  return move(tables, operation, 'retry');
};

export const cancelOperation = (
  tables: Tables,
  operationId: string,
  command: Command,
  deletion: NewDeletion | undefined,
  report?: Reason,
): Cancelled => {
  const operation = tables.operations.get(operationId);
  if (operation === undefined) return { done: false, why: 'unknown' };
  if (!isOpen(operation)) return { done: false, why: 'ended' };
  const isSuspended = operation.state === 'SUSPENDED';
  if (isRestore(operation) && !isSuspended) return { done: false, why: 'restore' };
  // nobody knows what a suspended create has made: its snapshots are deleted by an explicit request only
  const opened = isSuspended && deletion?.onlyUnfinished ? undefined : deletion;
  const hold = heldAgainst(tables, operation.backup, opened);
  if (hold) return { done: false, why: 'held', hold };
  return { done: true, due: endAndDelete(tables, operation.backup, operation, { ...command, report }, opened) };
};

export const requestDeletion = (
  tables: Tables,
  backupKey: string,
  command: Command,
  deletion: NewDeletion,
): DeletionRequested => {
  const backup = tables.backups.find(({ key }) => key === backupKey);
  if (backup === undefined) return { accepted: false, why: 'unknown' };
  if (backup.deletedAt !== undefined) return { accepted: false, why: 'deleted' };
  const hold = heldAgainst(tables, backup, deletion);
  if (hold) return { accepted: false, why: 'held', hold };
  const open = openOf(tables, backup);
  if (open && !givesWay(open, deletion)) {
    return { accepted: false, why: open.kind === 'delete' ? 'deleting' : 'busy', operationId: open.id };
  }
  const cancelling = { ...command, supersededBy: deletion.operationId };
  return { accepted: true, due: endAndDelete(tables, backup, open, cancelling, deletion), cancelled: open?.id };
};

/** A create, and a deletion that keeps the backup where the new one does not. */
const givesWay = ({ kind, detail }: OperationRow, { keepBackup }: NewDeletion): boolean =>
  kind === 'create' || (kind === 'delete' && detail.keepBackup === true && !keepBackup);

type Ending = Command & Pick<Cancelling, 'supersededBy' | 'report'>;

/** Ends what is open and opens the deletion, if there are such. Answers what became due. */
const endAndDelete = (
  tables: Tables,
  backup: BackupRow,
  open: OperationRow | undefined,
  command: Ending,
  deletion: NewDeletion | undefined,
): readonly DueOperation[] => {
  if (open) end(tables, open, command, deletion);
  const opened = deletion ? [openDeletion(tables, backup, open, command, deletion)] : [];
  return [...opened, ...(open ? wakeNext(tables, open) : [])];
};

const end = (tables: Tables, operation: OperationRow, command: Ending, deletion: NewDeletion | undefined): void => {
  const { id: operationId, kind, backup, state: was } = operation;
  const now = tables.now();
  const alone = deletion === undefined;
  const failure = stored(cancelledReason(cancellation(kind, command), now));
  // what it may have made stays: nobody knows what happened after it was suspended
  if (was === 'SUSPENDED' && alone) operation.detail = { ...operation.detail, abandoned: true };
  Object.assign(operation, {
    state: transitions.cancel.to,
    revision: operation.revision + 1,
    leaseUntil: undefined,
    suspension: undefined,
    endedAt: now,
    failure,
  });
  // earlier versions left the state to the deletion that took the place of a create
  const changes = kind === 'create' || (alone && kind === 'delete' && backup.state === 'IN_PROGRESS');
  const state = changes ? backupAfter('cancel', kind) : undefined;
  if (kind === 'create') Object.assign(backup, { endedAt: now, failure });
  if (state !== undefined) Object.assign(backup, { state, stateSeenAt: now });
  tell(tables, backup, command, {
    kind: 'operation.cancelled',
    before: { operationId, kind, state: was },
    after: { operationId, kind, state: operation.state, ...causeOf(failure), ...(state && { backup: state }) },
  });
  if (kind !== 'create') return;
  const cleanup = deletion?.keepBackup === true ? deletion : undefined;
  tell(tables, backup, command, { kind: 'backup.cancelled', after: { operationId, state, cleanup } });
};

const causeOf = ({ code, data: { cause, supersededBy } }: Reason) => ({ code, cause, supersededBy });

const openDeletion = (
  tables: Tables,
  backup: BackupRow,
  ended: OperationRow | undefined,
  command: Command,
  deletion: NewDeletion,
): DueOperation => {
  const { operationId: id, keepBackup, onlyUnfinished, deleteDiscovered } = deletion;
  const { actor, requestId } = command;
  const detail = { keepBackup, onlyUnfinished, deleteDiscovered };
  const lane = laneOf(backup.location);
  const due = addOperation(tables, { id, backup, kind: 'delete', lane, requestId, actor, detail });
  // nobody requested the deletion of a backup whose create was cancelled
  if (!(keepBackup && ended?.kind === 'create'))
    tell(tables, backup, command, { kind: 'backup.delete-requested', after: { operationId: id, ...detail } });
  return due;
};
