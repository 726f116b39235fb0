import { describe, expect, it } from 'vitest';
import { OPERATION_STATES, type OperationState } from '../../operation/operation.ts';
import type { BackupState } from '../backup.ts';
import { type FoldedRecord, isTheOne, recordedState, type SeenSnapshot, stateWithoutEngine } from './recorded-state.ts';

const engine = { newestReadable: 8_537_000, major: 8, kind: 'elasticsearch' as const };
const owner = { backupId: 'b', operationId: 'create', part: 1, of: 1, optimizeVersion: '3.9.0', tandem: '0' };
const seen = (more: Partial<SeenSnapshot> = {}): SeenSnapshot => ({
  ...{ name: 'part-1', uuid: 'u1', state: 'SUCCESS', versionId: 8_537_000, owner, ...more },
});
const create = (state: OperationState): FoldedRecord['create'] => ({ operationId: 'create', state });
const record = (state: OperationState | undefined): FoldedRecord => ({
  parts: [{ snapshotName: 'part-1', uuid: 'u1', state: 'SUCCESS' }],
  create: state === undefined ? undefined : create(state),
});
const withoutUuid = (operationId: string): FoldedRecord => ({
  parts: [{ snapshotName: 'part-1', uuid: undefined, state: 'PLANNED' }],
  create: { operationId, state: 'SUCCEEDED' },
});

describe('the state of a recorded backup', () => {
  const decided: Readonly<Record<OperationState, BackupState | undefined>> = {
    ...{ QUEUED: 'IN_PROGRESS', RUNNING: 'IN_PROGRESS', WAITING: 'IN_PROGRESS' },
    ...{ SUSPENDED: 'FAILED', FAILED: 'FAILED', SUCCEEDED: undefined, CANCELLED: undefined },
  };

  it.each(OPERATION_STATES)('is known without the engine or not, by a create that is %s', (state) => {
    expect(stateWithoutEngine({ create: create(state) })).toBe(decided[state]);
  });

  it('follows the running engine where an index is older than its snapshot, and comes back with it', () => {
    const oldestIndex = { index: 'optimize-alert_v4', createdVersion: 7_172_999 };
    const { parts, create: by } = record('SUCCEEDED');
    const old: FoldedRecord = { parts: parts.map((part) => ({ ...part, oldestIndex })), create: by };
    const nine = { kind: 'elasticsearch', newestReadable: 9_111_000, major: 9 } as const;
    const states = [engine, nine, engine].map((running) => recordedState(old, [seen()], running));
    expect(states).toEqual(['COMPLETED', 'INCOMPATIBLE', 'COMPLETED']);
  });

  it('is not known without the engine where nobody requested it', () => {
    expect(stateWithoutEngine({ create: undefined })).toBeUndefined();
  });

  it.each<[OperationState | undefined, BackupState]>([
    ...OPERATION_STATES.map((state) => [state, decided[state] ?? 'COMPLETED'] as [OperationState, BackupState]),
    [undefined, 'COMPLETED'],
  ])('is what its create decided, else what the repository holds: %s -> %s', (state, expected) => {
    expect(recordedState(record(state), [seen()], engine)).toBe(expected);
  });

  it.each<[string, FoldedRecord, readonly SeenSnapshot[], BackupState]>([
    ['another snapshot has its name', record('SUCCEEDED'), [seen({ uuid: 'x' })], 'INCOMPLETE'],
    ['nothing has its name', record('SUCCEEDED'), [seen({ name: 'part-2' })], 'INCOMPLETE'],
    ['its own was made, and not recorded', withoutUuid('create'), [seen()], 'COMPLETED'],
    ['one of another operation has its name', withoutUuid('other'), [seen()], 'INCOMPLETE'],
    ['the running engine cannot read it', record('SUCCEEDED'), [seen({ versionId: 9_000_000 })], 'INCOMPATIBLE'],
    ['nobody requested it, and it runs', record(undefined), [seen({ state: 'IN_PROGRESS' })], 'IN_PROGRESS'],
    ['it was cancelled, and a part still runs', record('CANCELLED'), [seen({ state: 'IN_PROGRESS' })], 'INCOMPLETE'],
  ])('where %s', (_, recorded, snapshots, expected) => {
    expect(recordedState(recorded, snapshots, engine)).toBe(expected);
  });
});

describe('a snapshot is the recorded one', () => {
  it.each<[string, string | undefined, string | undefined, typeof owner | undefined, boolean]>([
    ['by its uuid', 'u1', 'create', owner, true],
    ['by its uuid, whoever made it', 'u1', 'create', undefined, true],
    ['not by another uuid, although it names the operation', 'u2', 'create', owner, false],
    ['by the operation that it names, where no uuid was recorded', undefined, 'create', owner, true],
    ['not where it names another operation', undefined, 'other', owner, false],
    ['not where it names none', undefined, 'create', undefined, false],
    ['where neither is recorded, as of a set that was found', undefined, undefined, owner, true],
    ['where neither is recorded, and it names none', undefined, undefined, undefined, true],
  ])('%s', (_, uuid, operationId, named, expected) => {
    expect(isTheOne({ uuid: 'u1', owner: named }, uuid, operationId)).toBe(expected);
  });
});
