import type { BackupRecord, PartRecord } from '../../backup/backup.ts';
import type { IndexShape } from '../manifest/manifest.ts';
import type { DataNode } from './cluster-facts.ts';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import { restoreOwnership } from './restore-ownership.ts';

export const POSITIONS = 'optimize-import-index_v3';
export const ALERTS = 'optimize-alert_v4';

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

export const dataNode: DataNode = {
  ...{ id: 'n1', name: 'hot-1', host: 'es1', ip: '10.0.3.7', attributes: { box: 'hot' }, roles: ['data_hot'] },
  freeBytes: 1_000_000,
  shards: 10,
};

const shape = (name: string): IndexShape => ({
  ...{ name, createdVersion: 8_537_000, primaries: 1, replicas: 0, mapping: '', settings: '', aliases: 'a' },
  ...{ open: true, blocks: {}, allocation: {}, writes: {} },
});

const manifests = (shapes: readonly IndexShape[]): PlanFacts['manifests'] => {
  const figures = [
    { name: POSITIONS, documents: 3, operations: 3, primaryBytes: 1_000 },
    { name: ALERTS, documents: 5, operations: 5, primaryBytes: 500 },
  ];
  const manifest = { shapes, figures, templates: '' };
  const both = { before: manifest, after: manifest };
  return new Map([
    [1, both],
    [2, both],
  ]);
};

type Changes = { readonly [K in keyof IndexShape]?: IndexShape[K] | undefined };

/** The manifests of the backup where one index was saved with another shape. */
export const withShape = (index: string, changes: Changes): Pick<PlanFacts, 'manifests'> => ({
  manifests: manifests(
    [POSITIONS, ALERTS].map((name) => (name === index ? ({ ...shape(name), ...changes } as IndexShape) : shape(name))),
  ),
});

/** Of a complete backup of two indices, with nothing in the way of its restore. */
export const clearFacts: PlanFacts = {
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
  ...{
    listed: [],
    existing: [],
    operations: new Map([['optimize-alert_v4', 5]]),
    runningSnapshots: [],
    openCreates: [],
    openRestore: undefined,
    openOperation: undefined,
  },
  capacity: { nodes: [dataNode], diskWatched: true, freeShards: 100 },
  conditions: { settings: {}, indexBlocks: new Map(), lacking: undefined, redIndices: [] },
  ...{ existingCopies: [], aliasOwners: [] },
  runningVersion: { version: '3.9.0', source: 'CAMUNDA_OPTIMIZE_VERSION' },
  optimizeAnswersAt: undefined,
  ...withShape(ALERTS, {}),
  ...{ templates: undefined, templateOverlaps: [], ownPrefix: 'optimize', bytesPerSecond: 100 },
};

export const inPlace: RestoreRequest = {
  ...{ rename: undefined, deleteExisting: false, acceptVersion: undefined, only: undefined, copy: false },
  ...{ deleteUnknown: [], keepUnknown: [] },
  acceptDiskShort: false,
};
