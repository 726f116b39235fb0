import type { OperationState, OperationSummary } from '../../operation/operation.ts';
import { type BackupState, type PartRecord, takenParts } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import { backupState, type CreateStatus, type SeenPart } from './backup-state.ts';
import { canRestore, type ReadingEngine } from './compatibility.ts';

const createStatus: Readonly<Record<OperationState, CreateStatus>> = {
  QUEUED: 'open',
  RUNNING: 'open',
  WAITING: 'open',
  SUSPENDED: 'suspended',
  SUCCEEDED: 'ended',
  CANCELLED: 'cancelled',
  FAILED: 'failed',
};

/** The fields of a record that decide its state. */
export type FoldedRecord = {
  /** An EMPTY one is left out: that it is absent is right. */
  readonly parts: readonly Pick<PartRecord, 'snapshotName' | 'uuid' | 'state' | 'oldestIndex'>[];
  readonly create: Pick<OperationSummary, 'operationId' | 'state'> | undefined;
};

/** What of a snapshot a state is folded from. */
export type SeenSnapshot = Pick<Snapshot, 'name' | 'uuid' | 'state' | 'versionId' | 'owner'>;

/** Whether the operation alone decides the state, so that an engine that does not answer costs nothing. */
export const stateWithoutEngine = (record: Pick<FoldedRecord, 'create'>): BackupState | undefined => {
  const create = record.create === undefined ? 'none' : createStatus[record.create.state];
  if (create === 'failed' || create === 'suspended') return 'FAILED';
  return create === 'open' ? 'IN_PROGRESS' : undefined;
};

/** The state of a recorded backup, from the record and the snapshots that its repository holds now. */
export const recordedState = (
  record: FoldedRecord,
  snapshots: readonly SeenSnapshot[],
  engine: ReadingEngine,
): BackupState => {
  const create = record.create === undefined ? 'none' : createStatus[record.create.state];
  const parts = takenParts(record.parts).map((part): SeenPart => {
    const seen = snapshots.find(({ name }) => name === part.snapshotName);
    return {
      state: seen?.state,
      isRecorded: seen !== undefined && isTheOne(seen, part.uuid, record.create?.operationId),
      readable: canRestore({ versionId: seen?.versionId, oldestIndex: part.oldestIndex }, engine),
    };
  });
  return backupState(create, parts);
};

/**
 * Whether a snapshot is that of the part: by uuid if one was recorded, else by the operation in its metadata. A part of a discovered set that
 * was not seen yet has neither: Optimize takes its second snapshot after the first.
 */
export const isTheOne = (
  seen: Pick<Snapshot, 'uuid' | 'owner'>,
  uuid: string | undefined,
  operationId: string | undefined,
): boolean => {
  if (uuid !== undefined) return seen.uuid === uuid;
  return operationId === undefined || seen.owner?.operationId === operationId;
};
