import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import type { LackingRights } from '@tandem/shared/domain/doctor/facts.ts';
import type { Failure } from '@tandem/shared/domain/failure/failure.ts';
import type { LackingPrivileges } from '@tandem/shared/domain/restore/plan/cluster-facts.ts';
import { blocksSet, type IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';
import type { NewRestore } from '../index-port.ts';
import type { Engine, EngineInfo, NewSnapshot, OptimizeMetadata } from '../port.ts';
import { noTemplates } from '../rest/indices/template-choice.ts';
import { type CallHooks, type EngineCallRecord, type EngineMethod, inMemoryCalls } from './calls.ts';
import { inMemoryExamination } from './examination.ts';
import { inMemoryIndices } from './indices.ts';
import { inMemoryRepositories, newRepository, registerAt } from './repositories.ts';
import { finishRestoreOf, forgetRecoveries, type RestoreEnd } from './restore.ts';
import { inMemorySnapshots, runningSnapshotsIn, savedIndices, usableRepository, versionsOf } from './snapshots.ts';
import {
  type ConditionCall,
  emptyWorld,
  ended,
  type ForeignSnapshot,
  type IndexOptions,
  newIndex,
  newSnapshot,
  type SnapshotEnd,
  type WorldCapacity,
  type WorldIndex,
  type WorldRepository,
  type WorldSnapshot,
} from './world.ts';

export type { EngineCallRecord, EngineMethod } from './calls.ts';
export type { RestoreEnd } from './restore.ts';

export type InMemoryEngineOptions = CallHooks & {
  readonly info?: Partial<EngineInfo>;
  /** Default: fixed at 2022-10-11. */
  readonly now?: () => Date;
  /** How a new snapshot ends at once; undefined: it runs until `finish`. Default: it runs. */
  readonly endOf?: (snapshot: NewSnapshot) => SnapshotEnd | undefined;
  /** How the restore of an index (by its new name) ends at once; undefined: it runs until `finishRestore`. Default: it runs. */
  readonly endOfRestore?: (restore: NewRestore, index: string) => RestoreEnd | undefined;
};

/** What tests and the simulation do to the engine behind Tandem's back. */
export type InMemoryEngine = Engine & {
  /** Every call so far, oldest first, those that failed too. */
  readonly calls: readonly EngineCallRecord[];
  /** Replaces one of that name; the new one has another uuid. */
  createIndex(name: string, docs?: number, options?: IndexOptions): void;
  deleteIndex(name: string): void;
  setIndexOpen(name: string, open: boolean): void;
  /** As an operator does, at once. */
  setBlocked(name: string, block: IndexBlock, isSet: boolean): void;
  /** Performs that many operations, which create as many documents by default. Throws and writes nothing if a block forbids it. */
  write(name: string, operations: number, documents?: number): void;
  putMetadata(prefix: string, metadata: OptimizeMetadata): void;
  createRepository(name: string): void;
  removeRepository(name: string): void;
  /**
   * Registers the name to another location, without removing it first. If that location is empty, the uuid stays until a snapshot is made, as
   * in Elasticsearch.
   */
  moveRepository(name: string, location: string): void;
  setReadOnly(name: string, readOnly: boolean): void;
  /** With a reason the repository is readable and not writable, as with a full disk, until it is called without one. */
  stopWrites(name: string, reason?: string): void;
  /** From now on these nodes, by name, cannot use the repository, as where its storage is not mounted; none: all can. */
  hideRepository(name: string, ...nodes: readonly string[]): void;
  /** Limits how many snapshots it keeps; undefined: no limit. */
  limitSnapshots(name: string, maxSnapshots: number | undefined): void;
  /** With a reason the repository is unavailable until it is called without one. */
  breakRepository(name: string, reason?: string): void;
  /** A snapshot of the current indices that Tandem did not make: by default SUCCESS, without owner. */
  putSnapshot(repository: string, snapshot: ForeignSnapshot): Snapshot;
  removeSnapshot(repository: string, name: string): void;
  /** As if a file were gone from the repository: the snapshot is still listed, but the index can never be restored. */
  rotSnapshot(repository: string, name: string, index: string): void;
  /** From now on the snapshot holds another number of documents than the index had. */
  alterSnapshot(repository: string, name: string, index: string, documents: number): void;
  snapshots(repository: string): readonly Snapshot[];
  /** How many documents a snapshot holds of an index; undefined: it does not hold it. */
  savedDocuments(repository: string, name: string, index: string): number | undefined;
  /** Undefined: there is no such index. */
  documentsIn(name: string): number | undefined;
  /** Names of the snapshots that run. */
  running(repository: string): readonly string[];
  /** Ends a running snapshot, by default with SUCCESS. Throws if there is none. */
  finish(repository: string, name: string, end?: SnapshotEnd): void;
  /** Names of the indices that are being restored. */
  restoring(): readonly string[];
  /** Ends the restore of one index: complete, unless specified otherwise or the snapshot is corrupt. Throws if there is none. */
  finishRestore(index: string, end?: RestoreEnd): void;
  /** Snapshots and restores. */
  finishAll(): void;
  setCapacity(capacity: Partial<WorldCapacity>): void;
  /** Flat; null removes a setting. */
  setClusterSettings(settings: Readonly<Record<string, string | null>>): void;
  removeTemplates(): void;
  /** From now on security is enabled and the caller lacks this privilege. */
  withhold(lacking: Partial<LackingPrivileges>): void;
  /** From now on security is enabled, and says that the caller lacks these. */
  withholdRights(lacking: LackingRights): void;
  /** From now on these calls are refused, as by a managed service. */
  disallow(...calls: readonly ConditionCall[]): void;
  /** From now on the address leads to a cluster of that uuid, with the same contents: a copy, or another cluster with the same repository. */
  leadTo(clusterUuid: string): void;
  /** As by kill -9 of a single node: running snapshots vanish, running restores are lost, and no index knows its source. */
  restart(): void;
  /** The next call of the method rejects with the failure: before it takes effect, or after it did (a lost answer). */
  failNext(method: EngineMethod, failure: Failure, when?: 'before' | 'after'): void;
};

const DEFAULT_INFO: EngineInfo = {
  kind: 'elasticsearch',
  version: '8.19.21',
  newestReadable: 8_537_000,
  major: 8,
  clusterUuid: 'in-memory-cluster',
};

const SUCCESS: SnapshotEnd = { state: 'SUCCESS' };

/** An engine without a process: same promises as the real ones, no timers, no randomness; the caller decides what happens. */
export const inMemoryEngine = (options: InMemoryEngineOptions = {}): InMemoryEngine => {
  const { endOf = () => undefined, endOfRestore = () => undefined } = options;
  const now = options.now ?? (() => new Date('2022-10-11T10:11:12Z'));
  const info = { ...DEFAULT_INFO, ...options.info };
  const world = emptyWorld();
  const calls = inMemoryCalls(options);
  let uuids = 0;

  const newUuid = (): string => {
    uuids += 1;
    return `uuid-${uuids}`;
  };

  const context = {
    world,
    info,
    now,
    endOf,
    newUuid,
    newestReadable: info.newestReadable,
    usable: (name: string) => usableRepository(world, 'startRestore', name),
  };

  const onRestore = (restore: NewRestore, targets: readonly string[]): void => {
    for (const target of targets) {
      const end = endOfRestore(restore, target);
      if (end !== undefined) finishRestoreOf(world, target, end);
    }
  };

  const known = <T>(what: string, name: string, value: T | undefined): T => {
    if (value === undefined) throw new Error(`There is no ${what} ${name} in the engine in memory.`);
    return value;
  };
  const repositoryAt = (name: string): WorldRepository => known('repository', name, world.repositories.get(name));

  const changeIndex = (name: string, change: (index: WorldIndex) => Partial<WorldIndex>): void => {
    const index = known('index', name, world.indices.get(name));
    world.indices.set(name, { ...index, ...change(index) });
  };

  const changeSnapshot = (
    repository: string,
    name: string,
    change: (snapshot: WorldSnapshot) => Partial<WorldSnapshot>,
  ): void => {
    const { snapshots } = repositoryAt(repository);
    const snapshot = known('snapshot', name, snapshots.get(name));
    snapshots.set(name, { ...snapshot, ...change(snapshot) });
  };

  const finish = (repository: string, name: string, end: SnapshotEnd = SUCCESS): void => {
    if (!runningSnapshotsIn(repositoryAt(repository)).includes(name))
      throw new Error(`No snapshot ${name} runs in ${repository}.`);
    changeSnapshot(repository, name, ({ facts }) => ({ facts: ended(facts, end, now()) }));
  };

  const restoring = (): readonly string[] =>
    [...world.recoveries].filter(([, { state }]) => state === 'RUNNING').map(([name]) => name);

  return {
    ...inMemorySnapshots(calls, context),
    ...inMemoryRepositories(calls, context),
    ...inMemoryIndices(calls, context, onRestore),
    ...inMemoryExamination(calls, context),
    calls: calls.calls,
    failNext: calls.failNext,
    createIndex(name, docs = 0, indexOptions = {}) {
      world.indices.set(name, newIndex({ uuid: newUuid(), createdVersion: info.newestReadable, docs }, indexOptions));
      world.recoveries.delete(name);
    },
    deleteIndex(name) {
      world.indices.delete(name);
      world.recoveries.delete(name);
    },
    setIndexOpen: (name, open) => changeIndex(name, () => ({ closed: !open })),
    setBlocked: (name, block, isSet) =>
      changeIndex(name, ({ settings: { [`index.blocks.${block}`]: _, ...others } }) => ({
        settings: isSet ? { ...others, [`index.blocks.${block}`]: 'true' } : others,
      })),
    write: (name, operations, documents = operations) =>
      changeIndex(name, (index) => {
        const block = blocksSet(index.settings).find((set) => set !== 'metadata' && set !== 'read');
        if (block !== undefined) throw new Error(`The index ${name} is blocked by ${block}.`);
        return { docs: index.docs + documents, operations: index.operations + operations };
      }),
    putMetadata: (prefix, metadata) => void world.metadata.set(prefix, metadata),
    createRepository: (name) => void world.repositories.set(name, newRepository(name)),
    removeRepository: (name) => void world.repositories.delete(name),
    moveRepository: (name, location) => {
      repositoryAt(name);
      registerAt(world, name, location, {});
    },
    setReadOnly(name, readOnly) {
      repositoryAt(name).readOnly = readOnly ? 'its setting readonly is true' : undefined;
    },
    stopWrites(name, reason) {
      repositoryAt(name).unwritable = reason;
    },
    hideRepository(name, ...nodes) {
      repositoryAt(name).unableNodes = nodes;
    },
    limitSnapshots(name, maxSnapshots) {
      repositoryAt(name).maxSnapshots = maxSnapshots;
    },
    breakRepository(name, reason) {
      repositoryAt(name).broken = reason;
    },
    putSnapshot(repository, snapshot) {
      const made = newSnapshot(snapshot.name, newUuid(), snapshot.indices, undefined, now());
      const facts = { ...ended(made, SUCCESS, now()), ...versionsOf(info), ...snapshot };
      const saved = savedIndices(context, snapshot.indices);
      repositoryAt(repository).snapshots.set(snapshot.name, { facts, saved, rotted: new Set() });
      return facts;
    },
    removeSnapshot: (repository, name) => void repositoryAt(repository).snapshots.delete(name),
    rotSnapshot: (repository, name, index) =>
      changeSnapshot(repository, name, ({ rotted }) => ({ rotted: new Set([...rotted, index]) })),
    alterSnapshot: (repository, name, index, documents) =>
      changeSnapshot(repository, name, ({ saved }) => {
        const altered = { ...known('saved index', index, saved.get(index)), docs: documents };
        return { saved: new Map([...saved, [index, altered]]) };
      }),
    snapshots: (repository) => [...repositoryAt(repository).snapshots.values()].map(({ facts }) => facts),
    savedDocuments: (repository, name, index) => repositoryAt(repository).snapshots.get(name)?.saved.get(index)?.docs,
    documentsIn: (name) => world.indices.get(name)?.docs,
    running: (repository) => runningSnapshotsIn(repositoryAt(repository)),
    finish,
    restoring,
    finishRestore: (index, end) => finishRestoreOf(world, index, end),
    finishAll() {
      for (const [name, repository] of world.repositories) {
        for (const snapshot of runningSnapshotsIn(repository)) finish(name, snapshot);
      }
      for (const index of restoring()) finishRestoreOf(world, index);
    },
    setCapacity(capacity) {
      world.capacity = { ...world.capacity, ...capacity };
    },
    setClusterSettings(settings) {
      const entries = Object.entries({ ...world.clusterSettings, ...settings });
      world.clusterSettings = Object.fromEntries(
        entries.filter((entry): entry is [string, string] => entry[1] !== null),
      );
    },
    removeTemplates() {
      world.templates = noTemplates;
    },
    withhold(lacking) {
      world.lacking = { snapshot: [], manage: [], deleteIndex: [], ...world.lacking, ...lacking };
    },
    withholdRights(lacking) {
      world.lackingRights = lacking;
    },
    disallow(...refused) {
      for (const one of refused) world.notAllowed.add(one);
    },
    leadTo: (clusterUuid) => void Object.assign(info, { clusterUuid }),
    restart() {
      for (const repository of world.repositories.values()) {
        for (const name of runningSnapshotsIn(repository)) repository.snapshots.delete(name);
      }
      forgetRecoveries(world);
    },
  };
};
