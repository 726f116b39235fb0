import type { PartRecord } from '../backup.ts';
import type { Snapshot, SnapshotState } from '../snapshot.ts';
import { type CreateMemory, nothingYet } from './create-memory.ts';

export const OPERATION = 'operation-1';
export const nameOf = (number: number) => `camunda_optimize_b_3.9.0_part_${number}_of_2`;

export const part = (number: number, more: Partial<PartRecord> = {}): PartRecord => ({
  number,
  of: 2,
  snapshotName: nameOf(number),
  indices: [`optimize-${number}`],
  state: 'PLANNED',
  starts: 0,
  uuid: undefined,
  engineVersion: undefined,
  versionId: undefined,
  startedAt: undefined,
  endedAt: undefined,
  shards: undefined,
  failures: [],
  bytes: undefined,
  manifest: undefined,
  drift: undefined,
  ...more,
});

export const snapshot = (number: number, state: SnapshotState, more: Partial<Snapshot> = {}): Snapshot => ({
  name: nameOf(number),
  uuid: `uuid-${number}`,
  state,
  indices: [`optimize-${number}`],
  owner: { backupId: 'b', operationId: OPERATION, part: number, of: 2, optimizeVersion: '3.9.0', tandem: '0' },
  engineVersion: '8.19.21',
  versionId: 8_537_000,
  startedAt: new Date(0),
  endedAt: new Date(1),
  shards: { total: 1, successful: 1, failed: 0 },
  failures: [],
  reason: undefined,
  ...more,
});

export const nothing: CreateMemory = { sentAt: undefined, accepted: false, ...nothingYet };
export const running = { state: 'IN_PROGRESS', starts: 1, uuid: 'uuid-1' } as const;
export const done = (number: number) => part(number, { state: 'SUCCESS', starts: 1, uuid: `uuid-${number}` });
export const complete = (number: number) => snapshot(number, 'SUCCESS');
