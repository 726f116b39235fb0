import { isActive } from '@tandem/shared/domain/operation/operation-state.ts';
import type {
  AttemptRecord,
  OperationFilter,
  OperationHistory,
  OperationRecord,
  SettledCreate,
  SnapshotsToDelete,
} from '../ports/operations.ts';
import { methods } from './methods.ts';
import { cancelOperation, requestDeletion, retryOperation } from './operation-requests.ts';
import { after, lastErrorOf, type OperationRow, type Tables } from './tables.ts';

export const asOperationRecord = (operation: OperationRow): OperationRecord => {
  const { id: operationId, position, backup, kind, state, revision, requestedAt, requestId, actor } = operation;
  const { attempts, errorClass, failure, endedAt, suspension } = operation;
  const { key: backupKey, backupId, optimizeVersion, location } = backup;
  return {
    ...{ operationId, kind, state, revision, backupKey, backupId, optimizeVersion, requestedAt, requestId, actor },
    ...{ endedAt, attempts, errorClass, failure, suspension },
    lastError: lastErrorOf(operation),
    position: String(position),
    repository: location.repository,
    nextTickAt: isActive(state) ? operation.nextTickAt : undefined,
    waitingFor: state === 'WAITING' ? operation.waitingFor : undefined,
  };
};

const fits = ({ state, kind, backup, errorClass }: OperationRow, filter: OperationFilter): boolean =>
  (filter.states?.includes(state) ?? true) &&
  (filter.kinds?.includes(kind) ?? true) &&
  (filter.backupId === undefined || filter.backupId === backup.backupId) &&
  (filter.errorClass === undefined || filter.errorClass === errorClass);

export const operationsThatFit = (
  tables: Tables,
  filter: OperationFilter,
  afterPosition: string | undefined,
  limit: number,
): readonly OperationRow[] =>
  [...tables.operations.values()]
    .filter((operation) => afterPosition === undefined || BigInt(operation.position) < BigInt(afterPosition))
    .filter((operation) => fits(operation, filter))
    .reverse()
    .slice(0, limit);

const listOperations = (...command: Parameters<typeof operationsThatFit>): readonly OperationRecord[] =>
  operationsThatFit(...command).map(asOperationRecord);

const countOperations = (tables: Tables, filter: OperationFilter): number =>
  operationsThatFit(tables, filter, undefined, Number.MAX_SAFE_INTEGER).length;

const findOperation = (tables: Tables, operationId: string): OperationRecord | undefined => {
  const operation = tables.operations.get(operationId);
  return operation && asOperationRecord(operation);
};

const attemptsOf = (tables: Tables, operationId: string): readonly AttemptRecord[] =>
  tables.attempts
    .filter((attempt) => attempt.operationId === operationId)
    .map(({ operationId: _, ...attempt }) => attempt);

/** When its snapshots should stop coming into being; undefined: they may. */
const settledAt = ({ kind, state, endedAt, backup, detail }: OperationRow): Date | undefined => {
  if (kind !== 'create') return undefined;
  return backup.deletedAt ?? (state === 'CANCELLED' && detail.abandoned !== true ? endedAt : undefined);
};

const asSettledCreate = ({ id, backup }: OperationRow): SettledCreate => ({
  operationId: id,
  location: backup.location,
  parts: backup.parts.map(({ snapshotName, uuid }) => ({
    snapshotName,
    kept: backup.deletedAt === undefined ? uuid : undefined,
  })),
});

const settledCreates = (tables: Tables, withinMs: number, limit: number): readonly SettledCreate[] => {
  const since = after(tables.now(), -withinMs);
  return [...tables.operations.values()]
    .flatMap((operation) => {
      const at = settledAt(operation);
      return at !== undefined && at > since ? [{ operation, at }] : [];
    })
    .sort((one, other) => other.at.getTime() - one.at.getTime() || other.operation.position - one.operation.position)
    .slice(0, limit)
    .map(({ operation }) => asSettledCreate(operation));
};

const snapshotsToDelete = (tables: Tables, operationIds: readonly string[]): readonly SnapshotsToDelete[] =>
  [...tables.operations.values()]
    .filter(({ id, kind }) => kind === 'delete' && operationIds.includes(id))
    .reverse()
    .map(({ id, backup: { backupId, location, parts }, detail }) => ({
      ...{ operationId: id, backupId, repository: location.repository },
      snapshotNames: parts
        .filter(({ state }) => state !== 'VANISHED' && !(state === 'SUCCESS' && detail.onlyUnfinished === true))
        .map(({ snapshotName }) => snapshotName),
    }));

export const operations = (tables: Tables): OperationHistory =>
  methods(tables, {
    listOperations,
    countOperations,
    findOperation,
    attemptsOf,
    retryOperation,
    snapshotsToDelete,
    cancelOperation,
    requestDeletion,
    settledCreates,
  });
