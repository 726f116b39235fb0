import { describe, expect, it } from 'vitest';
import { driftChanges } from '../../reconciliation/drift.ts';
import { type FoundSet, foundSetState } from '../../reconciliation/found-sets.ts';
import { safetyOfSet } from '../../reconciliation/set-metadata.ts';
import { runbook } from '../../restore/runbook.ts';
import type { BackupRecord, PartRecord } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import { recordedState } from '../state/recorded-state.ts';
import { nothingYet } from './create-memory.ts';
import { nextCreateStep } from './create-step.ts';

/* A safety backup has a part without indices where those were lost: no snapshot is taken for it, and that it is absent is right. */

const CREATE = 'create-1';
const RESTORE = '0198c0de-7000-7000-8000-000000000002';
const engine = { newestReadable: 8_537_000, major: 8, kind: 'elasticsearch' as const };
const nothing = { sentAt: undefined, accepted: false, ...nothingYet };

const part = (number: number, state: PartRecord['state'], more: Partial<PartRecord> = {}): PartRecord => ({
  ...{ number, of: 2, snapshotName: `part-${number}`, state, indices: [`optimize-${number}`], starts: 1 },
  ...{ uuid: state === 'SUCCESS' ? `uuid-${number}` : undefined, engineVersion: undefined, versionId: undefined },
  ...{ startedAt: undefined, endedAt: undefined, shards: undefined, failures: [], bytes: undefined },
  ...{ manifest: undefined, drift: undefined },
  ...more,
});
const empty = (number: number) => part(number, 'EMPTY', { indices: [], starts: 0 });

const snapshot = (number: number, more: Partial<Snapshot> = {}): Snapshot => ({
  ...{ name: `part-${number}`, uuid: `uuid-${number}`, state: 'SUCCESS', indices: [`optimize-${number}`] },
  owner: { backupId: 'b', operationId: CREATE, part: number, of: 2, optimizeVersion: '3.9.0', tandem: '0' },
  ...{ engineVersion: undefined, versionId: 8_537_000, startedAt: new Date(0), endedAt: new Date(1) },
  ...{ shards: { total: 1, successful: 1, failed: 0 }, failures: [], reason: undefined },
  ...more,
});

const record = (...parts: readonly PartRecord[]) => ({
  parts,
  create: { operationId: CREATE, state: 'SUCCEEDED' as const, revision: 1 },
});

describe('a part without indices', () => {
  it.each([
    ['first', [empty(1), part(2, 'SUCCESS')], [snapshot(2)], 'COMPLETED'],
    ['last', [part(1, 'SUCCESS'), empty(2)], [snapshot(1)], 'COMPLETED'],
    ['first, and the other one is gone', [empty(1), part(2, 'SUCCESS')], [], 'INCOMPLETE'],
    [
      'first, and a foreign snapshot has its name',
      [empty(1), part(2, 'SUCCESS')],
      [snapshot(1), snapshot(2)],
      'COMPLETED',
    ],
  ])('does not count in the state of a backup: %s', (_, parts, seen, state) => {
    expect(recordedState(record(...parts), seen, engine)).toBe(state);
  });

  it('is never made by a create, and the part after it is', () => {
    const next = (...parts: readonly PartRecord[]) => nextCreateStep(CREATE, parts, [], () => nothing);
    expect(next(empty(1), part(2, 'PLANNED'))).toMatchObject({ step: 'start', part: { number: 2 } });
    expect(nextCreateStep(CREATE, [part(1, 'SUCCESS'), empty(2)], [snapshot(1)], () => nothing)).toEqual({
      step: 'succeed',
    });
  });

  it('is no drift while nothing has its name', () => {
    const witness = { actor: { kind: 'system', name: 'w' }, source: 'worker' } as const;
    const found = (...seen: readonly Snapshot[]) =>
      driftChanges(record(empty(1), part(2, 'SUCCESS')), seen, witness).map(({ number, found: is }) => [
        number,
        is?.is,
      ]);
    expect(found(snapshot(2))).toEqual([]);
    const foreign = snapshot(1, { owner: undefined });
    expect(found(foreign, snapshot(2))).toEqual([[1, 'foreign']]);
  });

  it('has no line to run in a runbook', () => {
    const text = runbook({ ...backup, parts: [empty(1), part(2, 'SUCCESS')] }, new Map());
    expect(text).toContain('## 4. Part 1 of 2: no index');
    expect(text).not.toContain('part-1');
    expect(text).toContain('part-2/_restore');
  });
});

describe('a safety backup that was found', () => {
  const owner = { ...snapshot(2).owner, safetyOf: RESTORE, empty: [1], versionAssumed: true } as Snapshot['owner'];
  const setOf = (...members: readonly Snapshot[]): FoundSet => ({
    ...{ backupId: 'b', optimizeVersion: '3.9.0', of: 2 },
    snapshots: members.map((member) => ({ ...member, number: Number(member.name.at(-1)) })),
  });

  it('is complete without the part that its metadata names as empty', () => {
    const set = setOf(snapshot(2, { owner }));
    const told = safetyOfSet(set);
    expect(told).toEqual({ safetyOf: RESTORE, versionAssumed: true, empty: new Set([1]) });
    expect(foundSetState(set, engine, told.empty)).toBe('COMPLETED');
  });

  it.each([
    ['of a backup that is none', { ...owner, safetyOf: undefined }],
    ['of no restore', { ...owner, safetyOf: 'x' }],
    ['of another backup', { ...owner, backupId: 'c' }],
  ])('does not believe metadata %s', (_, told) => {
    const set = setOf(snapshot(2, { owner: told as Snapshot['owner'] }));
    const { safetyOf, empty: none } = safetyOfSet(set);
    expect({ safetyOf, none }).toEqual({ safetyOf: undefined, none: new Set() });
    expect(foundSetState(set, engine, none)).toBe('INCOMPLETE');
  });

  it('never calls a part empty that is there', () => {
    expect(safetyOfSet(setOf(snapshot(1), snapshot(2, { owner }))).empty).toEqual(new Set());
  });
});

const backup: BackupRecord = {
  ...{ key: '1', backupId: 'b', optimizeVersion: '3.9.0', profile: 'optimize', indexPrefix: 'optimize' },
  ...{ origin: 'requested', state: 'COMPLETED', requestedAt: new Date(0), stateSeenAt: new Date(0) },
  location: { clusterUuid: 'cluster', repository: 'backups', repositoryUuid: 'place' },
  ...{
    endedAt: undefined,
    deletedAt: undefined,
    failure: undefined,
    proof: undefined,
    partialProof: undefined,
    failedRehearsal: undefined,
  },
  ...{ labels: {}, note: undefined, hold: undefined, safetyOf: RESTORE, versionAssumed: false },
  ...{ parts: [], create: undefined },
};
