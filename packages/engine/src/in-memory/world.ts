import type { ShardFailure, Snapshot, SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import type { LackingRights } from '@tandem/shared/domain/doctor/facts.ts';
import type { TemplateCapsule } from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type { LackingPrivileges } from '@tandem/shared/domain/restore/plan/cluster-facts.ts';
import { blocksSet, type IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import type { DataNode, EngineCapacity, IndexRecovery } from '../index-port.ts';
import type { OptimizeMetadata, SnapshotProgress } from '../port.ts';
import { noTemplates } from '../rest/indices/template-choice.ts';

export type IndexOptions = {
  readonly closed?: boolean;
  readonly hidden?: boolean;
  /** Names, or by name with filter and routing as an engine gives them. */
  readonly aliases?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly mappings?: Readonly<Record<string, unknown>>;
  /** Flat, below `index.`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly primaries?: number;
  readonly replicas?: number;
};

export type WorldIndex = {
  readonly uuid: string;
  readonly closed: boolean;
  readonly docs: number;
  readonly operations: number;
  readonly createdVersion: number;
  readonly primaries: number;
  readonly replicas: number;
  readonly aliases: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, string>>;
};

export const blocksOf = ({ settings }: WorldIndex): readonly IndexBlock[] => blocksSet(settings);

export type WorldSnapshot = {
  readonly facts: Snapshot;
  /** Its indices as they were when it began, by name. */
  readonly saved: ReadonlyMap<string, WorldIndex>;
  /** Indices of which a file is gone: their restore fails, nothing else shows it. */
  readonly rotted: ReadonlySet<string>;
};

export type WorldRepository = {
  uuid: string | undefined;
  /** The name was registered to an empty location: the uuid stays until the first snapshot creates another. */
  isUuidOfBefore: boolean;
  /** Where its data is. */
  readonly location: string;
  /** What it is registered with, except its location. */
  readonly settings: Readonly<Record<string, string>>;
  /** Why the engine cannot use it; undefined: it can. */
  broken: string | undefined;
  /** Why nothing can be written into it. */
  readOnly: string | undefined;
  /** Not writable although not registered as read-only: its disk is full. */
  unwritable: string | undefined;
  /** Names of nodes that cannot use it, as where its storage is not mounted; the others can. */
  unableNodes: readonly string[];
  maxSnapshots: number | undefined;
  readonly snapshots: Map<string, WorldSnapshot>;
};

/** The restore of one index, under the index's name. */
export type WorldRecovery = {
  readonly state: 'RUNNING' | 'DONE' | 'ABANDONED';
  readonly reason: string;
  readonly source: IndexRecovery['source'];
  /** The index within the snapshot. */
  readonly savedAs: string;
};

/** How a snapshot ends. PARTIAL and FAILED take the shards that failed. */
export type SnapshotEnd = {
  readonly state: 'SUCCESS' | 'PARTIAL' | 'FAILED';
  readonly failures?: readonly ShardFailure[];
  readonly reason?: string;
};

export type ForeignSnapshot = Pick<Snapshot, 'name' | 'indices'> & Partial<Snapshot>;

export type ConditionCall = 'capacity' | 'clusterConditions' | 'storedCopies' | 'aliasOwners' | 'inspectNodes';

/** How many shards may still be opened follows from the indices. */
export type WorldCapacity = Omit<EngineCapacity, 'freeShards'>;

/** What an engine holds, as plain data, and the changes that happen to it. */
export type World = {
  readonly indices: Map<string, WorldIndex>;
  readonly recoveries: Map<string, WorldRecovery>;
  readonly repositories: Map<string, WorldRepository>;
  /** The contents of locations that no repository points to any more, by location. */
  readonly locations: Map<string, Pick<WorldRepository, 'uuid' | 'isUuidOfBefore' | 'snapshots'>>;
  readonly metadata: Map<string, OptimizeMetadata>;
  templates: TemplateCapsule;
  capacity: WorldCapacity;
  /** Flat, as an operator set them. */
  clusterSettings: Readonly<Record<string, string>>;
  /** What the caller may not do; undefined: it has no security. */
  lacking: LackingPrivileges | undefined;
  /** What its security says that the caller lacks; undefined: it has no security. */
  lackingRights: LackingRights | undefined;
  /** Calls that a managed service refuses; what they would report is undefined. */
  readonly notAllowed: Set<ConditionCall>;
};

export const emptyWorld = (): World => ({
  indices: new Map(),
  recoveries: new Map(),
  repositories: new Map(),
  locations: new Map(),
  metadata: new Map(),
  templates: noTemplates,
  capacity: { nodes: [onlyNode], diskWatched: true },
  clusterSettings: {},
  lacking: undefined,
  lackingRights: undefined,
  notAllowed: new Set(),
});

/** What it holds follows from the indices. */
export const onlyNode: DataNode = {
  id: 'node-1',
  name: 'in-memory',
  host: '127.0.0.1',
  ip: '127.0.0.1',
  attributes: {},
  roles: ['data'],
  freeBytes: 100_000_000_000,
  shards: undefined,
};

export type NewWorldIndex = { readonly uuid: string; readonly createdVersion: number; readonly docs: number };

/** By name, as an engine gives them. */
export const aliasesOf = ({ aliases = [] }: IndexOptions): Readonly<Record<string, unknown>> =>
  isNames(aliases) ? Object.fromEntries(aliases.map((alias) => [alias, {}])) : aliases;

const isNames = (aliases: object): aliases is readonly string[] => Array.isArray(aliases);

export const newIndex = (made: NewWorldIndex, options: IndexOptions = {}): WorldIndex => {
  const { closed = false, hidden = false, mappings = {}, settings = {} } = options;
  const { primaries = 1, replicas = 0 } = options;
  return {
    ...made,
    closed,
    operations: made.docs,
    primaries,
    replicas,
    aliases: aliasesOf(options),
    mappings,
    settings: { ...settings, 'index.number_of_shards': `${primaries}`, ...(hidden ? { 'index.hidden': 'true' } : {}) },
  };
};

export const newSnapshot = (
  name: string,
  uuid: string,
  indices: readonly string[],
  owner: SnapshotOwner | undefined,
  startedAt: Date,
): Snapshot => ({
  name,
  uuid,
  state: 'IN_PROGRESS',
  indices,
  owner,
  engineVersion: undefined,
  versionId: undefined,
  startedAt,
  endedAt: undefined,
  shards: { total: indices.length, successful: 0, failed: 0 },
  failures: [],
  reason: undefined,
});

/** One shard per index, as the engines' default is. */
export const ended = (snapshot: Snapshot, end: SnapshotEnd, endedAt: Date): Snapshot => {
  const { state, failures = [], reason } = end;
  const total = snapshot.indices.length;
  const shards = { total, successful: total - failures.length, failed: failures.length };
  return { ...snapshot, state, endedAt, shards, failures, reason };
};

/** A thousand bytes a shard. */
export const progressOf = ({ state, shards, startedAt }: Snapshot): SnapshotProgress => {
  const shardsDone = state === 'IN_PROGRESS' ? 0 : shards.successful;
  return { shards: shards.total, shardsDone, bytes: shards.total * 1_000, bytesDone: shardsDone * 1_000, startedAt };
};
