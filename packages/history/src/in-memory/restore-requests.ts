import { laneOf } from '@tandem/shared/domain/backup/location.ts';
import type { Command } from '../ports/events.ts';
import type { NewRestoreOperation, RestoreRequested, Stopped } from '../ports/restores.ts';
import { addEvents } from './add-events.ts';
import { answerKey, assertKeyHeld } from './keys.ts';
import { move } from './move.ts';
import { keepForGood } from './plans.ts';
import { activeOperations, addOperation, isOpen, type OperationRow, openOf, stored, type Tables } from './tables.ts';
import { tell } from './tell.ts';

export const isRestore = ({ kind }: Pick<OperationRow, 'kind'>): boolean => kind === 'restore' || kind === 'rehearse';

export const openRestore = (tables: Tables, clusterUuid: string): OperationRow | undefined =>
  activeOperations(tables).find(({ restoreCluster }) => restoreCluster === clusterUuid);

/** The one that a create in that cluster may not begin beside, unless it is that one's own. */
export const openRestoreInPlace = (
  tables: Tables,
  clusterUuid: string,
  safetyOf: unknown,
): OperationRow | undefined => {
  const restore = openRestore(tables, clusterUuid);
  return restore?.detail.inPlace === true && restore.id !== safetyOf ? restore : undefined;
};

export const requestRestore = (tables: Tables, restore: NewRestoreOperation): RestoreRequested => {
  const { operationId: id, kind, clusterUuid, requestId, actor, detail, events, idempotency, planHash } = restore;
  if (idempotency) assertKeyHeld(tables, idempotency.key);
  const backup = tables.backups.find(({ key }) => key === restore.backupKey);
  if (backup === undefined) return { accepted: false, why: 'unknown' };
  if (backup.deletedAt !== undefined) return { accepted: false, why: 'deleted' };
  const busy = openOf(tables, backup);
  if (busy) return refused('busy', busy);
  const restoring = kind === 'restore' ? openRestore(tables, clusterUuid) : undefined;
  if (restoring) return refused('restoring', restoring);
  const restoreCluster = kind === 'restore' ? clusterUuid : undefined;
  const lane = laneOf(backup.location);
  const due = addOperation(tables, {
    ...{ id, backup, kind, lane, restoreCluster, requestId, actor },
    detail: stored(detail),
  });
  if (idempotency) answerKey(tables, idempotency.key, idempotency.answer);
  if (planHash !== undefined) keepForGood(tables, planHash);
  addEvents(tables, events, backup, id);
  return { accepted: true, revision: due.revision };
};

const refused = (
  why: 'busy' | 'restoring',
  { id: operationId, kind, state, backup }: OperationRow,
): RestoreRequested => ({
  ...{ accepted: false, why, operationId, kind },
  backupId: backup.backupId,
  ...(state === 'SUSPENDED' ? { suspended: true } : {}),
});

export const stopRestore = (tables: Tables, operationId: string, command: Command): Stopped => {
  const operation = tables.operations.get(operationId);
  if (operation === undefined || !isRestore(operation)) return { done: false, why: 'unknown' };
  if (!isOpen(operation)) return { done: false, why: 'ended' };
  if (operation.state === 'SUSPENDED') return { done: false, why: 'suspended' };
  if ((operation.detail.stop ?? undefined) === undefined) stop(tables, operation, command);
  return { done: true, due: { operationId, revision: operation.revision } };
};

const stop = (tables: Tables, operation: OperationRow, command: Command): void => {
  const { id: operationId, kind, state: was, backup } = operation;
  Object.assign(operation, {
    trigger: 'person',
    leaseUntil: undefined,
    nextTickAt: tables.now(),
    waitMs: 0,
    failedTries: 0,
    failingSince: undefined,
    errorClass: undefined,
    detail: stored({ ...operation.detail, stop: { ...command, at: tables.now() } }),
  });
  move(tables, operation, 'stop');
  tell(tables, backup, command, {
    kind: kind === 'restore' ? 'restore.stop-requested' : 'rehearsal.stop-requested',
    before: { operationId, kind, state: was },
    after: { operationId, kind, state: operation.state },
  });
};
