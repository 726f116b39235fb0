import { describe, expect, it } from 'vitest';
import type { BackupRecord, PartRecord } from '../../backup/backup.ts';
import type { Snapshot } from '../../backup/snapshot.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { BLOCKER_CODES, type BlockerCode } from './blockers/blocker.ts';
import type { DataNode } from './cluster-facts.ts';
import { planDifference } from './plan-difference.ts';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import { restoreOwnership } from './restore-ownership.ts';
import { planRestore } from './restore-plan.ts';

const digestOf = (text: string) => `${text.length}:${text}`;
const location = { clusterUuid: 'cluster', repository: 'backups', repositoryUuid: 'repository' };
const part = (number: number, indices: readonly string[]): PartRecord => ({
  number,
  of: 2,
  snapshotName: `camunda_optimize_b_3.9.0_part_${number}_of_2`,
  indices,
  state: 'SUCCESS',
  starts: 1,
  uuid: `uuid-${number}`,
  engineVersion: '8.19.9',
  versionId: 8_537_000,
  startedAt: undefined,
  endedAt: undefined,
  shards: { total: 1, successful: 1, failed: 0 },
  failures: [],
  bytes: undefined,
  manifest: undefined,
  drift: undefined,
});
const backup: BackupRecord = {
  key: '1',
  backupId: 'b',
  optimizeVersion: '3.9.0',
  profile: 'optimize',
  indexPrefix: 'optimize',
  origin: 'requested',
  location,
  requestedAt: new Date(0),
  state: 'COMPLETED',
  stateSeenAt: new Date(0),
  endedAt: new Date(0),
  deletedAt: undefined,
  failure: undefined,
  proof: undefined,
  partialProof: undefined,
  failedRehearsal: undefined,
  labels: {},
  note: undefined,
  hold: undefined,
  safetyOf: undefined,
  versionAssumed: false,
  parts: [part(1, ['optimize-import-index_v3']), part(2, ['optimize-alert_v4'])],
  create: { operationId: 'create', state: 'SUCCEEDED', revision: 1 },
};
const snapshot = ({ number, snapshotName, indices }: PartRecord): Snapshot => ({
  name: snapshotName,
  uuid: `uuid-${number}`,
  state: 'SUCCESS',
  indices,
  owner: undefined,
  engineVersion: '8.19.9',
  versionId: 8_537_000,
  startedAt: undefined,
  endedAt: undefined,
  shards: { total: 1, successful: 1, failed: 0 },
  failures: [],
  reason: undefined,
});
const [first, second] = backup.parts.map(snapshot) as [Snapshot, Snapshot];
const manifest: Manifest = {
  shapes: [
    {
      name: 'optimize-import-index_v3',
      createdVersion: 8_537_000,
      primaries: 1,
      replicas: 1,
      mapping: '',
      settings: '',
      aliases: '',
      allocation: {},
      writes: {},
    },
    {
      name: 'optimize-alert_v4',
      createdVersion: 8_537_000,
      primaries: 2,
      replicas: 0,
      mapping: '',
      settings: '',
      aliases: '',
      allocation: {},
      writes: { 'optimize-alert': true },
    },
  ],
  figures: [
    { name: 'optimize-import-index_v3', documents: 3, operations: 3, primaryBytes: 1_000 },
    { name: 'optimize-alert_v4', documents: 5, operations: 5, primaryBytes: 500 },
  ],
  templates: '',
};
const node: DataNode = {
  id: 'n1',
  name: 'node-1',
  host: '127.0.0.1',
  ip: '127.0.0.1',
  attributes: { box: 'hot' },
  roles: ['data_hot'],
  freeBytes: 10_000,
  shards: 10,
};
const clear: PlanFacts = {
  backup,
  engine: { clusterUuid: 'cluster', newestReadable: 8_537_000, major: 8, kind: 'elasticsearch' as const },
  repository: { uuid: 'repository', trouble: undefined, unwritable: undefined },
  saving: { repository: 'backups', trouble: undefined, snapshotsLeft: undefined },
  seen: [first, second],
  ownership: restoreOwnership('optimize', ['optimize-import-index_v3', 'optimize-alert_v4'], []),
  listed: [],
  existing: [],
  existingCopies: [],
  operations: new Map(),
  aliasOwners: [],
  templateOverlaps: [],
  ownPrefix: 'optimize',
  conditions: { settings: {}, indexBlocks: new Map(), lacking: undefined, redIndices: [] },
  runningSnapshots: [],
  openCreates: [],
  openRestore: undefined,
  openOperation: undefined,
  capacity: { nodes: [node], diskWatched: true, freeShards: 100 },
  runningVersion: { version: '3.9.0', source: 'CAMUNDA_OPTIMIZE_VERSION' },
  optimizeAnswersAt: undefined,
  manifests: new Map([
    [1, { before: manifest, after: manifest }],
    [2, { before: manifest, after: manifest }],
  ]),
  templates: undefined,
  bytesPerSecond: 100,
};
const inPlace: RestoreRequest = {
  rename: undefined,
  deleteExisting: false,
  acceptVersion: undefined,
  only: undefined,
  copy: false,
  acceptDiskShort: false,
  deleteUnknown: [],
  keepUnknown: [],
};
const plan = (facts: Partial<PlanFacts> = {}, request: Partial<RestoreRequest> = {}) => {
  const all = { ...clear, ...facts };
  const names = all.existing.map(({ name }) => name);
  const saved = [...all.seen, ...backup.parts].flatMap(({ indices }) => indices);
  const ownership = restoreOwnership('optimize', saved, names);
  return planRestore({ ...inPlace, ...request }, { ...all, ownership, ...facts }, digestOf);
};
const codes = (facts: Partial<PlanFacts>, request: Partial<RestoreRequest> = {}) =>
  plan(facts, request).blockers.map(({ code }) => code);
const there = { name: 'optimize-alert_v4', uuid: 'i1', open: false, primaries: 1, replicas: 0 };

const settings = (set: Readonly<Record<string, string>>) => ({ ...clear.conditions, settings: set });

const failedRehearsal = {
  ...{ operationId: 'rehearsal-1', at: '2026-03-01T12:00:00.000Z', only: ['optimize-alert_v4'] },
  reason: { code: 'RESTORE_SHARDS_FAILED', message: 'NoSuchFileException', data: {} },
};

const madeBy7 = { ...manifest, shapes: manifest.shapes.map((shape) => ({ ...shape, createdVersion: 7_172_999 })) };
const createdBy7 = new Map([1, 2].map((part) => [part, { before: madeBy7, after: madeBy7 }]));

const cases: readonly [BlockerCode, Partial<PlanFacts>, Partial<RestoreRequest>][] = [
  ['BACKUP_DELETED', { backup: { ...backup, deletedAt: new Date(0) } }, {}],
  ['OTHER_INSTALLATION', { ownPrefix: 'acme' }, {}],
  [
    'REPOSITORY_UNAVAILABLE',
    { repository: { ...clear.repository, uuid: undefined, trouble: 'its folder is gone' }, seen: [] },
    {},
  ],
  ['REPOSITORY_CHANGED', { repository: { ...clear.repository, uuid: 'other' } }, {}],
  ['PART_MISSING', { seen: [first] }, {}],
  ['PART_REPLACED', { seen: [first, { ...second, uuid: 'another' }] }, {}],
  ['PART_UNFINISHED', { seen: [first, { ...second, state: 'IN_PROGRESS' }] }, {}],
  ['PART_NOT_WHOLE', { seen: [first, { ...second, state: 'PARTIAL' }] }, {}],
  ['PART_INCOMPATIBLE', { seen: [first, { ...second, versionId: 9_000_000 }] }, {}],
  ['NOTHING_TO_RESTORE', { seen: [first, { ...second, indices: [] }] }, {}],
  [
    'INDEX_INCOMPATIBLE',
    { engine: { ...clear.engine, newestReadable: 9_111_000, major: 9 }, manifests: createdBy7 },
    {},
  ],
  [
    'INDEX_VERSIONS_UNKNOWN',
    {
      engine: { ...clear.engine, newestReadable: 9_111_000, major: 9 },
      ...{ manifests: new Map(), existing: [there] },
    },
    { deleteExisting: true },
  ],
  ['REHEARSAL_FAILED', { backup: { ...backup, failedRehearsal }, existing: [there] }, { deleteExisting: true }],
  ['VERSION_DIFFERS', { runningVersion: { version: '3.10.0', source: 'CAMUNDA_OPTIMIZE_VERSION' } }, {}],
  ['INCONSISTENT_SELECTION', {}, { only: ['optimize-import-index_v3'] }],
  ['TARGET_INVALID', {}, { rename: { pattern: '.+', replacement: 'same' } }],
  ['INDICES_PRESENT', { existing: [there] }, {}],
  ['UNKNOWN_INDICES', { existing: [{ ...there, name: 'optimize-new_v1' }] }, {}],
  ['OPTIMIZE_RUNNING', { optimizeAnswersAt: 'http://127.0.0.1:8090' }, {}],
  ['SNAPSHOT_RUNNING', { runningSnapshots: [{ repository: 'r', name: 's', indices: ['optimize-alert_v4'] }] }, {}],
  ['BACKUP_RUNNING', { openCreates: [{ operationId: 'o', backupId: 'c' }] }, {}],
  ['RESTORE_RUNNING', { openRestore: { operationId: 'o', backupId: 'c' } }, {}],
  ['BACKUP_BUSY', { openOperation: { operationId: 'd', kind: 'delete', suspended: false } }, {}],
  ['DISK_FULL', { capacity: { ...clear.capacity, nodes: [{ ...node, freeBytes: 0 }] } }, { acceptDiskShort: true }],
  ['DISK_SHORT', { capacity: { ...clear.capacity, nodes: [{ ...node, freeBytes: 1_499 }] } }, {}],
  ['SHARDS_SHORT', { capacity: { ...clear.capacity, freeShards: 3 } }, {}],
  ['SHARDS_PER_NODE', { conditions: settings({ 'cluster.routing.allocation.total_shards_per_node': '11' }) }, {}],
  ['ALLOCATION_DISABLED', { conditions: settings({ 'cluster.routing.allocation.enable': 'none' }) }, {}],
  ['ALLOCATION_FILTERED', { conditions: settings({ 'cluster.routing.allocation.exclude._name': 'node-*' }) }, {}],
  ['WRITE_ALIAS_TAKEN', { aliasOwners: [{ alias: 'optimize-alert', index: 'x', isWriteIndex: true }] }, {}],
  ['TARGET_IS_ALIAS', { aliasOwners: [{ alias: 'optimize-alert_v4', index: 'x', isWriteIndex: undefined }] }, {}],
  ['CLUSTER_READ_ONLY', { conditions: settings({ 'cluster.blocks.read_only': 'true' }) }, {}],
  [
    'INDEX_READ_ONLY',
    {
      conditions: { ...clear.conditions, indexBlocks: new Map([['optimize-alert_v4', ['read_only']]]) },
      existing: [there],
    },
    { deleteExisting: true },
  ],
  [
    'INDICES_UNSAVABLE',
    { existing: [there], conditions: { ...clear.conditions, redIndices: ['optimize-alert_v4'] } },
    { deleteExisting: true },
  ],
  [
    'PRIVILEGE_MISSING',
    { conditions: { ...clear.conditions, lacking: { snapshot: [], manage: ['optimize-alert_v4'], deleteIndex: [] } } },
    {},
  ],
];

describe('the blockers of a restore', () => {
  it('are none when nothing is in the way', () => {
    expect(plan()).toMatchObject({ blockers: [], documents: 8, bytes: 1_500, estimatedDurationMs: 15_000 });
  });

  it.each(cases)('%s, with what was found and a remedy', (code, facts, request) => {
    const { blockers } = plan(facts, request);
    expect(blockers.map((blocker) => blocker.code)).toEqual([code]);
    expect(blockers[0]?.found.length).toBeGreaterThan(0);
    expect(blockers[0]?.remedy).not.toBe('');
  });

  it('have each a case here', () => {
    expect(cases.map(([code]) => code)).toEqual(BLOCKER_CODES);
  });

  it('are all told at once', () => {
    const all = Object.assign({}, ...cases.slice(4).map(([, facts]) => facts)) as Partial<PlanFacts>;
    expect(codes({ ...all, manifests: createdBy7, seen: [{ ...second, state: 'PARTIAL' }] })).toEqual([
      'PART_MISSING',
      'PART_NOT_WHOLE',
      'INDEX_INCOMPATIBLE',
      'VERSION_DIFFERS',
      'INDICES_PRESENT',
      'OPTIMIZE_RUNNING',
      'SNAPSHOT_RUNNING',
      'BACKUP_RUNNING',
      'RESTORE_RUNNING',
      'BACKUP_BUSY',
      'SHARDS_SHORT',
      'TARGET_IS_ALIAS',
      'PRIVILEGE_MISSING',
    ]);
  });

  it('name an operation of the backup once, with the calls that end a suspended one', () => {
    const openOperation = { operationId: 'o', kind: 'create', suspended: false } as const;
    const openCreates = [{ operationId: 'o', backupId: 'b' }];
    const renamed = { rename: { pattern: '(.+)', replacement: 'copy-$1' } };
    expect(codes({ openOperation, openCreates })).toEqual(['BACKUP_RUNNING']);
    expect(codes({ openOperation, openCreates }, renamed)).toEqual(['BACKUP_BUSY']);
    expect(codes({ openOperation, openRestore: { operationId: 'o', backupId: 'b' } })).toEqual(['RESTORE_RUNNING']);
    const suspended = { openOperation: { ...openOperation, kind: 'delete', suspended: true } } as const;
    expect(plan(suspended).blockers).toMatchObject([
      { code: 'BACKUP_BUSY', found: ['b (delete, operation o)'], message: expect.stringContaining('SUSPENDED') },
    ]);
    expect(plan(suspended).blockers[0]?.remedy).toContain('POST /api/v1/operations/o/release');
  });

  it('of the version go with the explicit version alone', () => {
    const facts = { runningVersion: { version: '3.10.0', source: 'the metadata index' } };
    expect(codes(facts, { acceptVersion: '3.9.0' })).toEqual([]);
    expect(codes(facts, { acceptVersion: '3.10.0' })).toEqual(['VERSION_DIFFERS']);
  });

  it('of indices that are there become deletions where that is asked for', () => {
    expect(plan({ existing: [there] }, { deleteExisting: true })).toMatchObject({
      blockers: [],
      deletes: [{ index: 'optimize-alert_v4', uuid: 'i1' }],
    });
  });

  it('name a thousand indices in full', () => {
    const existing = Array.from({ length: 1_000 }, (_, at) => ({
      ...there,
      name: `optimize-alert_v${at}`,
      open: true,
    }));
    expect(plan({ existing }).blockers[0]?.found).toHaveLength(1_000);
  });

  it('of a rehearsal are neither versions nor what Optimize does', () => {
    const facts = { runningVersion: { version: '4.0.0', source: 'x' }, optimizeAnswersAt: 'http://127.0.0.1:8090' };
    expect(codes(facts, { copy: true, rename: { pattern: '(.+)', replacement: 'copy-$1' } })).toEqual([]);
  });
});

describe('the hash of a plan', () => {
  it('stays when only figures drift', () => {
    const drifted = plan({
      capacity: { ...clear.capacity, nodes: [{ ...node, freeBytes: 9_999 }], freeShards: 99 },
      bytesPerSecond: 7,
    });
    expect(drifted.planHash).toBe(plan().planHash);
  });

  it.each<[string, Partial<PlanFacts>, Partial<RestoreRequest>]>([
    ['another snapshot', { seen: [first, { ...second, uuid: 'another' }] }, {}],
    ['another index in the snapshot', { seen: [first, { ...second, indices: ['optimize-other_v1'] }] }, {}],
    ['an index that is there', { existing: [there] }, {}],
    ['another uuid of what is to be deleted', { existing: [{ ...there, uuid: 'i2' }] }, { deleteExisting: true }],
    ['a blocker', { optimizeAnswersAt: 'http://127.0.0.1:8090' }, {}],
    ['another target', {}, { rename: { pattern: '(.+)', replacement: 'copy-$1' } }],
    ['an accepted version', {}, { acceptVersion: '3.9.0' }],
    ['another cluster', { engine: { ...clear.engine, clusterUuid: 'other' } }, {}],
  ])('changes with %s, and the difference is told', (_what, facts, request) => {
    expect(plan(facts, request).planHash).not.toBe(
      plan({}, { deleteExisting: request.deleteExisting ?? false }).planHash,
    );
  });

  it('has words for what moved', () => {
    const planned = (facts: Partial<PlanFacts>) => ({ request: inPlace, plan: plan(facts) });
    expect(planDifference(planned({}), planned({ existing: [there] }))).toEqual({
      ...{ options: [], more: 0 },
      facts: ['new: blocker INDICES_PRESENT: optimize-alert_v4 (closed)'],
    });
  });
});
