import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BackupRecord, PartRecord } from '../../backup/backup.ts';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import { restoreOwnership } from './restore-ownership.ts';
import { planRestore } from './restore-plan.ts';
import { type PlanHashVersion, requestOptions } from './restore-plan-hash.ts';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const POSITIONS = 'optimize-import-index_v3';
const ALERTS = 'optimize-alert_v4';
const part = (number: number, index: string): PartRecord => ({
  ...{ number, of: 2, snapshotName: `camunda_optimize_b_3.9.0_part_${number}_of_2`, indices: [index] },
  ...{ state: 'SUCCESS', starts: 1, uuid: `uuid-${number}`, engineVersion: '8.19.9', versionId: 8_537_000 },
  ...{ startedAt: undefined, endedAt: undefined, shards: { total: 1, successful: 1, failed: 0 }, failures: [] },
  ...{ bytes: undefined, manifest: undefined, drift: undefined },
});
const backup: BackupRecord = {
  ...{ key: '1', backupId: 'b', optimizeVersion: '3.9.0', profile: 'optimize', indexPrefix: 'optimize' },
  ...{ origin: 'requested', requestedAt: new Date(0), state: 'COMPLETED', stateSeenAt: new Date(0) },
  location: { clusterUuid: 'cluster', repository: 'backups', repositoryUuid: 'repository' },
  ...{
    endedAt: new Date(0),
    deletedAt: undefined,
    failure: undefined,
    proof: undefined,
    partialProof: undefined,
    failedRehearsal: undefined,
  },
  ...{ labels: {}, note: undefined, hold: undefined, safetyOf: undefined, versionAssumed: false },
  parts: [part(1, POSITIONS), part(2, ALERTS)],
  create: { operationId: 'create', state: 'SUCCEEDED', revision: 1 },
};
const facts: PlanFacts = {
  backup,
  engine: { clusterUuid: 'cluster', newestReadable: 8_537_000, major: 8, kind: 'elasticsearch' as const },
  repository: { uuid: 'repository', trouble: undefined, unwritable: undefined },
  saving: { repository: 'backups', trouble: undefined, snapshotsLeft: undefined },
  seen: backup.parts.map(({ snapshotName, number, indices }) => ({
    ...{ name: snapshotName, uuid: `uuid-${number}`, state: 'SUCCESS', indices, owner: undefined },
    ...{ engineVersion: '8.19.9', versionId: 8_537_000, startedAt: undefined, endedAt: undefined },
    ...{ shards: { total: 1, successful: 1, failed: 0 }, failures: [], reason: undefined },
  })),
  ownership: restoreOwnership('optimize', [POSITIONS, ALERTS], []),
  listed: [ALERTS],
  existing: [{ name: ALERTS, uuid: 'i1', open: true, primaries: 1, replicas: 0 }],
  operations: new Map(),
  ...{
    existingCopies: [],
    aliasOwners: [],
    templateOverlaps: [],
    ownPrefix: 'optimize',
    runningSnapshots: [],
    openCreates: [],
    openRestore: undefined,
    openOperation: undefined,
  },
  capacity: { nodes: [], diskWatched: true, freeShards: 100 },
  conditions: { settings: {}, indexBlocks: new Map(), lacking: undefined, redIndices: [] },
  runningVersion: { version: '3.9.0', source: 'CAMUNDA_OPTIMIZE_VERSION' },
  ...{ optimizeAnswersAt: undefined, manifests: new Map(), templates: undefined, bytesPerSecond: undefined },
};
const request: RestoreRequest = {
  ...{ rename: undefined, deleteExisting: true, acceptVersion: undefined, only: undefined, copy: false },
  acceptDiskShort: false,
  ...{ deleteUnknown: [], keepUnknown: [] },
};
const hash = (version: PlanHashVersion, more: Partial<RestoreRequest> = {}, seen: Partial<PlanFacts> = {}) =>
  planRestore({ ...request, ...more }, { ...facts, ...seen }, digestOf, version).planHash;
const rehearsal: Partial<RestoreRequest> = {
  ...{ deleteExisting: false, acceptVersion: '3.9.0', only: [ALERTS], copy: true, acceptUnsaved: [ALERTS] },
  rename: { pattern: '(.+)', replacement: 'x-$1' },
};

describe('the hash of a plan', () => {
  // computed by the version that stored the hashes of restores that may still be open
  it.each<[string, string, Partial<RestoreRequest>, Partial<PlanFacts>]>([
    ['a deletion', 'ae985c8864df61e98a0cde73a0d75145fe4178cc93536c3ed8b30af219bb74aa', {}, {}],
    ['a blocker', '215c4102bd487ade5678dcce9adf232a9d83674be95d5e1e42e1fa6dc9845fb1', { deleteExisting: false }, {}],
    ['a rehearsal', '37dfc95c7406e1c696778ddfe46194c9c8eab7f26632d52ec63764c9bb8c0437', rehearsal, { existing: [] }],
  ])('of version 1 stays what it was: %s', (_what, expected, more, seen) => {
    expect(hash(1, more, seen)).toBe(expected);
  });

  it.each<[string, string, Partial<RestoreRequest>, Partial<PlanFacts>]>([
    ['a deletion', 'f5476c281b16e2b4e2b9fa936cc67b6e1a74c9344865e56aa13f0988ac95d102', {}, {}],
    ['a blocker', '192336b1a1483cc5e20d310468de7907f9f5d8aa0c1c3a2c693fe96ce7881528', { deleteExisting: false }, {}],
    ['a rehearsal', '0edaef30ccc56651d9a956dc71bdbeba0221dd0e1018ffb7e9f6e0afadf77d28', rehearsal, { existing: [] }],
    [
      'more options',
      '6ae417d2de85a691cd4d1372b1a658903cf9504dc32e429328a2d60bbbc32be0',
      { dropAllocation: true, deleteUnknown: ['b', 'a'] },
      {},
    ],
  ])('of version 2 stays what it was: %s', (_what, expected, more, seen) => {
    expect(hash(2, more, seen)).toBe(expected);
  });

  it.each<[string, string, Partial<RestoreRequest>, Partial<PlanFacts>]>([
    ['a deletion', 'f3b7ef8d0011b8c4d448b38852ffc79860710c805bb391f4c56a3d06fd771571', {}, {}],
    ['a blocker', '21c1688aaccc684aa4d8ddfcc6e68c9b307c340baa7f00c0dc9bf66f87356083', { deleteExisting: false }, {}],
    ['a rehearsal', '0152e1ed4f917773e6f954f3bbe2841d572966ebed0fdf59253eb3010c218e5e', rehearsal, { existing: [] }],
    [
      'more options',
      '783a8268e495acbaec7df5b310cb8b13a7a3523a531a6f771240e34a2474239c',
      { dropAllocation: true, deleteUnknown: ['b', 'a'], acceptFailedRehearsal: true },
      {},
    ],
  ])('of version 3 stays what it was: %s', (_what, expected, more, seen) => {
    expect(hash(3, more, seen)).toBe(expected);
  });

  it('of version 4 is another', () => {
    expect(new Set([hash(1), hash(2), hash(3), hash(4)]).size).toBe(4);
    expect(planRestore(request, facts, digestOf).planHash).toBe(hash(4));
  });

  it('of version 4 changes with every option of the request', () => {
    const changes: { readonly [K in keyof RestoreRequest]-?: RestoreRequest[K] } = {
      rename: { pattern: '(.+)', replacement: 'y-$1' },
      ...{ deleteExisting: false, acceptVersion: '3.9.0', only: [ALERTS], copy: true },
      ...{ acceptDiskShort: true, dropAllocation: true, acceptFailedRehearsal: true, acceptInconsistent: true },
      ...{ acceptUnsaved: [ALERTS], acceptUnknownVersions: true },
      ...{ deleteUnknown: ['optimize-a'], keepUnknown: ['optimize-a'] },
    };
    const hashes = Object.entries(changes).map(([option, value]) => hash(4, { [option]: value }));
    expect(new Set([hash(4), ...hashes]).size).toBe(hashes.length + 1);
  });

  it('of version 4 stays where lists name the same in another order, or twice', () => {
    for (const list of ['acceptUnsaved', 'deleteUnknown', 'keepUnknown', 'only'])
      expect(hash(4, { [list]: ['b', 'a', 'b'] })).toBe(hash(4, { [list]: ['a', 'b'] }));
  });

  it('covers what a caller leaves out as its default', () => {
    expect(requestOptions(request)).toEqual({
      ...{ rename: null, deleteExisting: true, acceptVersion: null, acceptUnsaved: [], only: null, copy: false },
      ...{ acceptDiskShort: false, dropAllocation: false, deleteUnknown: [], keepUnknown: [] },
      ...{ acceptFailedRehearsal: false, acceptInconsistent: false, acceptUnknownVersions: false },
    });
    expect(requestOptions({ ...request, acceptFailedRehearsal: true }).acceptFailedRehearsal).toBe(true);
  });
});
