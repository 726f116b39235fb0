import type { Snapshot, SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import { optimize } from '@tandem/shared/domain/profile.ts';
import { foundSets } from '@tandem/shared/domain/reconciliation/found-sets.ts';
import { describe, expect, it } from 'vitest';
import { discoveredSet, grownSet } from './discovered-set.ts';

const STARTED = new Date('2026-01-01T00:00:00Z');
const nameOf = (number: number) => `camunda_optimize_b_3.9.0_part_${number}_of_2`;
const snapshot = (number: number, more: Partial<Snapshot> = {}): Snapshot => ({
  ...{ name: nameOf(number), uuid: `uuid-${number}`, state: 'SUCCESS', indices: ['optimize-a'], failures: [] },
  ...{ startedAt: STARTED, endedAt: STARTED, shards: { total: 1, successful: 1, failed: 0 } },
  ...{ engineVersion: '8.19.0', versionId: 8_537_000, owner: undefined, reason: undefined },
  ...more,
});
const ours = (part: number, more: Partial<SnapshotOwner> = {}): SnapshotOwner => ({
  ...{ backupId: 'b', operationId: 'o', part, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' },
  ...more,
});
const location = { clusterUuid: 'c', repository: 'backups', repositoryUuid: 'r' };
const finder = { actor: { kind: 'system', name: 'worker' }, source: 'worker' } as const;

const discovered = (...snapshots: readonly Snapshot[]) => {
  const [set] = foundSets(optimize, 'b', snapshots);
  if (set === undefined) throw new Error('no set');
  return discoveredSet(optimize, 'optimize', set, location, 'INCOMPLETE', finder);
};

describe('a discovered set', () => {
  it('has a row for each part that its names imply, found or not', () => {
    const { parts, event } = discovered(snapshot(2));
    expect(parts.map(({ number, of, snapshotName, state }) => [number, of, snapshotName, state])).toEqual([
      [1, 2, nameOf(1), 'PLANNED'],
      [2, 2, nameOf(2), 'SUCCESS'],
    ]);
    expect(event).toMatchObject({ kind: 'backup.discovered', after: { state: 'INCOMPLETE', uuids: { 2: 'uuid-2' } } });
  });

  it('of somebody else counts as requested when its first snapshot started, under our prefix', () => {
    const { requestedAt, indexPrefix, event } = discovered(snapshot(1), snapshot(2));
    expect([requestedAt, indexPrefix]).toEqual([STARTED, 'optimize']);
    expect(event.after).not.toHaveProperty('metadata');
  });

  it('that Tandem made keeps what its metadata says of the request', () => {
    const requestedAt = '2025-12-31T23:59:00.000Z';
    const owner = ours(1, { requestedAt, requestedBy: '10.0.0.9', indexPrefix: 'staging' });
    const set = discovered(snapshot(1, { owner, indices: ['staging-a'] }));
    expect(set).toMatchObject({ requestedAt: new Date(requestedAt), indexPrefix: 'staging' });
    expect(set.event.after).toMatchObject({ metadata: { operationIds: ['o'], requestedBy: '10.0.0.9' } });
  });

  it('that is a safety backup names its restore, and the parts that hold nothing', () => {
    const safetyOf = '00000000-0000-4000-8000-000000000001';
    const set = discovered(snapshot(2, { owner: ours(2, { safetyOf, versionAssumed: true, empty: [1] }) }));
    expect(set).toMatchObject({ safetyOf, versionAssumed: true });
    expect(set.parts.map(({ state }) => state)).toEqual(['EMPTY', 'SUCCESS']);
  });
});

describe('a set that was discovered while it was made', () => {
  const record = {
    ...{ backupId: 'b', optimizeVersion: '3.9.0', origin: 'discovered' as const },
    parts: [
      { number: 1, uuid: 'uuid-1', state: 'IN_PROGRESS' as const },
      { number: 2, uuid: undefined, state: 'PLANNED' as const },
    ],
  };
  const running = snapshot(1, { state: 'IN_PROGRESS' });

  it.each<[string, readonly Snapshot[], boolean]>([
    ['nothing of it is there', [], false],
    ['nothing has changed', [running], false],
    ['a part has ended', [snapshot(1)], true],
    ['a part was added', [running, snapshot(2)], true],
    ['a part is another snapshot', [snapshot(1, { uuid: 'another' })], false],
  ])('where %s: has grown is %s', (_, snapshots, hasGrown) => {
    expect(grownSet(optimize, record, snapshots) !== undefined).toBe(hasGrown);
  });

  it('and was requested from Tandem does not grow', () => {
    expect(grownSet(optimize, { ...record, origin: 'requested' }, [snapshot(1), snapshot(2)])).toBeUndefined();
  });
});
