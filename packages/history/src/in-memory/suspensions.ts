import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { mayMove } from '@tandem/shared/domain/operation/transitions.ts';
import type { SuspendedCreate, SuspendedOperation, SuspensionHistory } from '../ports/suspensions.ts';
import { addEvents } from './add-events.ts';
import { methods } from './methods.ts';
import { move } from './move.ts';
import { heldAgainst } from './operation-requests.ts';
import { endSuspended } from './record.ts';
import { isRestore, openRestoreInPlace } from './restore-requests.ts';
import { activeOperations, after, asRecord, type OperationRow, stored, type Tables } from './tables.ts';
import { tell } from './tell.ts';
import { wakeNext } from './wake-next.ts';

type Method<Name extends keyof SuspensionHistory> = (
  tables: Tables,
  ...command: Parameters<SuspensionHistory[Name]>
) => Awaited<ReturnType<SuspensionHistory[Name]>>;

/** A create or deletion that has been due for so long, and that no worker held in that time. */
export const isUnclaimed = (operation: OperationRow, forMs: number | undefined, now: Date): boolean => {
  const { kind, nextTickAt, leaseUntil } = operation;
  if (forMs === undefined || (kind !== 'create' && kind !== 'delete')) return false;
  const since = leaseUntil !== undefined && leaseUntil > nextTickAt ? leaseUntil : nextTickAt;
  return since <= after(now, -forMs);
};

/** It deletes snapshots that were kept, or indices. */
const isDestructive = ({ kind, detail }: OperationRow): boolean => {
  if (kind !== 'restore') return kind === 'delete';
  const { deletes } = (detail.task ?? {}) as { readonly deletes?: readonly unknown[] };
  return (deletes?.length ?? 0) > 0;
};

export const suspendOperations: Method<'suspendOperations'> = (tables, selection, suspending, limit) => {
  const now = tables.now();
  const fits = (operation: OperationRow): boolean => {
    if (selection.acceptedBefore !== undefined && operation.requestedAt >= selection.acceptedBefore) return false;
    if (selection.scope === 'unclaimed') return isUnclaimed(operation, selection.forMs, now);
    return selection.scope === 'all' || isDestructive(operation);
  };
  const target = activeOperations(tables).filter(fits).slice(0, limit);
  const suspended = target.map((operation) => suspend(tables, operation, suspending));
  for (const operation of target) wakeNext(tables, operation);
  return suspended;
};

const suspend = (
  tables: Tables,
  operation: OperationRow,
  { actor, source, why }: Parameters<SuspensionHistory['suspendOperations']>[1],
): SuspendedOperation => {
  const { id: operationId, kind, backup, state: was, requestId } = operation;
  const at = tables.now();
  Object.assign(operation, {
    suspension: { ...stored(why), at },
    createSlot: undefined,
    leaseUntil: undefined,
  });
  const backupState = move(tables, operation, 'suspend');
  if (kind === 'create') backup.failure = stored(why);
  const event = {
    ...{ kind: 'operation.suspended' as const, actor, source, reason: why.message },
    ...omitUndefined({ requestId }),
    before: { operationId, kind, state: was },
    after: { operationId, kind, state: operation.state, code: why.code, ...(backupState && { backup: backupState }) },
  };
  addEvents(tables, [event], backup, operationId);
  return { operationId, kind, backupId: backup.backupId };
};

const releaseOperation: Method<'releaseOperation'> = (tables, operationId, command) => {
  const operation = tables.operations.get(operationId);
  if (operation === undefined) return { done: false, why: 'unknown' };
  const { kind, backup, suspension, state: was } = operation;
  if (!mayMove('release', operation.state)) return { done: false, why: 'not-suspended' };
  if (isRestore(operation)) return { done: false, why: 'restore' };
  const hold = heldAgainst(tables, backup, kind === 'delete' ? operation.detail : undefined);
  if (hold) return { done: false, why: 'held', hold };
  const isCreate = kind === 'create';
  const restore = isCreate && openRestoreInPlace(tables, backup.location.clusterUuid, operation.detail.safetyOf);
  if (restore) return { done: false, why: 'busy' };
  Object.assign(operation, {
    suspension: undefined,
    trigger: 'person',
    nextTickAt: tables.now(),
    waitMs: 0,
    failedTries: 0,
    failingSince: undefined,
    errorClass: undefined,
  });
  const backupState = move(tables, operation, 'release');
  if (isCreate) backup.failure = undefined;
  tell(tables, backup, command, {
    kind: 'operation.released',
    before: { operationId, kind, state: was, code: suspension?.code },
    after: { operationId, kind, state: operation.state, ...(backupState && { backup: backupState }) },
  });
  return { done: true, operation: { operationId, revision: operation.revision } };
};

const suspendedCreates: Method<'suspendedCreates'> = (tables, afterPosition = '0', limit) => {
  const found = [...tables.operations.values()]
    .filter(
      ({ kind, state, position }) => kind === 'create' && state === 'SUSPENDED' && position > Number(afterPosition),
    )
    .slice(0, limit);
  const last = found.length < limit ? undefined : found.at(-1);
  return { creates: found.map((operation) => asCreate(tables, operation)), next: last && String(last.position) };
};

const asCreate = (tables: Tables, operation: OperationRow): SuspendedCreate => {
  const { id: operationId, requestId, revision, requestedAt, suspension, detail, backup } = operation;
  const now = tables.now();
  const suspendedAt = suspension?.at ?? now;
  return { operationId, requestId, revision, suspendedAt, requestedAt, now, detail, backup: asRecord(tables, backup) };
};

export const suspensions = (tables: Tables): SuspensionHistory =>
  methods(tables, { suspendOperations, releaseOperation, suspendedCreates, endSuspended });
