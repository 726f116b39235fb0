import type { EngineInfo, NewSnapshot, RepositoryNode, SearchEngine } from '../port.ts';
import { requireNewSnapshot, requirePlainName, requireSnapshotNames, snapshotMetadata } from '../rest/request-rules.ts';
import { type InMemoryCalls, refuse } from './calls.ts';
import { digestOfLocation } from './repositories.ts';
import { isRestoring, type RestoreContext, requireSnapshotAction } from './restore.ts';
import {
  ended,
  newIndex,
  newSnapshot,
  onlyNode,
  progressOf,
  type SnapshotEnd,
  type World,
  type WorldIndex,
  type WorldRepository,
  type WorldSnapshot,
} from './world.ts';

export type SnapshotContext = Omit<RestoreContext, 'usable'> & {
  readonly info: EngineInfo;
  readonly now: () => Date;
  readonly endOf: (snapshot: NewSnapshot) => SnapshotEnd | undefined;
};

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

export const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;

export const versionsOf = ({ version, newestReadable }: EngineInfo) => ({
  engineVersion: version,
  versionId: newestReadable,
});

export const runningSnapshotsIn = ({ snapshots }: WorldRepository): readonly string[] =>
  [...snapshots.values()].filter(({ facts }) => facts.state === 'IN_PROGRESS').map(({ facts }) => facts.name);

/** What a snapshot of these indices saves; a missing index counts as empty. */
export const savedIndices = ({ world, info, newUuid }: SnapshotContext, names: readonly string[]) => {
  const saved = new Map<string, WorldIndex>();
  for (const name of names) {
    const made = () => newIndex({ uuid: newUuid(), createdVersion: info.newestReadable, docs: 0 });
    saved.set(name, world.indices.get(name) ?? made());
  }
  return saved;
};

export const usableRepository = (
  world: World,
  method:
    | 'readRepository'
    | 'verifyRepository'
    | 'findSnapshots'
    | 'listSnapshots'
    | 'startSnapshot'
    | 'snapshotProgress'
    | 'deleteSnapshot'
    | 'startRestore',
  name: string,
): WorldRepository => {
  const repository =
    world.repositories.get(name) ?? refuse('REPOSITORY_UNKNOWN', method, `it has no repository ${name}`);
  if (repository.broken !== undefined) refuse('REPOSITORY_UNAVAILABLE', method, repository.broken);
  return repository;
};

const snapshotsLeft = ({ maxSnapshots, snapshots }: WorldRepository): number | undefined =>
  maxSnapshots === undefined ? undefined : Math.max(0, maxSnapshots - snapshots.size);

const verify = (world: World, name: string): readonly RepositoryNode[] => {
  const { unwritable, readOnly, unableNodes } = usableRepository(world, 'verifyRepository', name);
  const nodes = world.capacity.nodes ?? [onlyNode];
  if (readOnly !== undefined) return nodesOf(nodes);
  if (unwritable !== undefined) refuse('REPOSITORY_UNAVAILABLE', 'verifyRepository', unwritable, { onlyWriting: true });
  const unable = nodes.map((node) => node.name).filter((node) => unableNodes.includes(node));
  if (unable.length > 0)
    refuse('REPOSITORY_UNAVAILABLE', 'verifyRepository', `node ${unable.join(', ')} cannot use it`, { nodes: unable });
  return nodesOf(nodes);
};

const nodesOf = (nodes: readonly RepositoryNode[]): readonly RepositoryNode[] =>
  nodes.map(({ id, name }) => ({ id, name })).sort(byName);

const start = (context: SnapshotContext, snapshot: NewSnapshot): void => {
  requireNewSnapshot(snapshot);
  const { world, info, now, endOf, newUuid } = context;
  requireSnapshotAction(world, 'create');
  const { name, indices } = snapshot;
  const owner = snapshotMetadata(snapshot).tandem;
  const repository = usableRepository(world, 'startSnapshot', snapshot.repository);
  if (repository.readOnly !== undefined) refuse('ENGINE_REFUSED', 'startSnapshot', 'the repository is read-only');
  if (repository.unwritable !== undefined) refuse('REPOSITORY_UNAVAILABLE', 'startSnapshot', repository.unwritable);
  if (repository.snapshots.has(name)) refuse('SNAPSHOT_EXISTS', 'startSnapshot', `it has a snapshot ${name}`);
  const missing = indices.find((index) => !world.indices.has(index));
  if (missing !== undefined) refuse('INDEX_NOT_FOUND', 'startSnapshot', `it has no index ${missing}`);
  // it is accepted and copied, but at its end it cannot be added to the catalogue
  if (snapshotsLeft(repository) === 0) return;
  if (repository.uuid === undefined || repository.isUuidOfBefore) repository.uuid = newUuid();
  repository.isUuidOfBefore = false;
  const made = { ...newSnapshot(name, newUuid(), [...indices], owner, now()), ...versionsOf(info) };
  const end = endOf(snapshot);
  const facts = end === undefined ? made : ended(made, end, now());
  repository.snapshots.set(name, { facts, saved: savedIndices(context, indices), rotted: new Set() });
};

/** The snapshot half of the port. */
export const inMemorySnapshots = (
  { call, close }: InMemoryCalls,
  context: SnapshotContext,
): Omit<SearchEngine, 'listRepositories' | 'putRepository'> => {
  const { world, info } = context;
  const snapshotAt = (
    method: 'snapshotProgress' | 'deleteSnapshot',
    repository: string,
    name: string,
  ): WorldSnapshot => {
    requirePlainName('snapshot name', name);
    const { snapshots } = usableRepository(world, method, repository);
    return snapshots.get(name) ?? refuse('SNAPSHOT_NOT_FOUND', method, `it has no snapshot ${name}`);
  };

  return {
    info: () => call('info', '', () => ({ ...info })),

    listIndices: (prefix) =>
      call('listIndices', prefix, () => {
        requirePlainName('index prefix', prefix);
        return [...world.indices]
          .filter(([name]) => name.startsWith(`${prefix}-`))
          .map(([name, { closed, aliases }]) => ({ name, aliases: Object.keys(aliases).sort(), open: !closed }))
          .sort(byName);
      }),

    readOptimizeMetadata: (prefix) => call('readOptimizeMetadata', prefix, () => world.metadata.get(prefix)),

    readRepository: (name) =>
      call('readRepository', name, () => {
        const repository = usableRepository(world, 'readRepository', name);
        const { uuid, location, readOnly } = repository;
        const settingsDigest = digestOfLocation(location);
        return { name, type: 'fs', uuid, settingsDigest, readOnly, snapshotsLeft: snapshotsLeft(repository) };
      }),

    verifyRepository: (name) => call('verifyRepository', name, () => verify(world, name)),

    findSnapshots: (repository, names) =>
      call('findSnapshots', names.join(), () => {
        requireSnapshotNames(names);
        if (names.length === 0) return [];
        const { snapshots } = usableRepository(world, 'findSnapshots', repository);
        return [...snapshots.values()]
          .map(({ facts }) => facts)
          .filter(({ name }) => names.some((pattern) => matches(pattern, name)));
      }),

    listSnapshots: (repository, prefix) =>
      call('listSnapshots', prefix, () => {
        requirePlainName('beginning of snapshot names', prefix);
        const { snapshots } = usableRepository(world, 'listSnapshots', repository);
        return [...snapshots.values()]
          .map(({ facts: { name, uuid, state } }) => ({ name, uuid, state }))
          .filter(({ name }) => name.startsWith(prefix));
      }),

    startSnapshot: (snapshot) => call('startSnapshot', snapshot.name, () => start(context, snapshot)),

    snapshotProgress: (repository, name) =>
      call('snapshotProgress', name, () => progressOf(snapshotAt('snapshotProgress', repository, name).facts)),

    deleteSnapshot: (repository, name) =>
      call('deleteSnapshot', name, () => {
        snapshotAt('deleteSnapshot', repository, name);
        if (world.repositories.get(repository)?.readOnly !== undefined)
          refuse('ENGINE_REFUSED', 'deleteSnapshot', 'the repository is read-only');
        const { unwritable } = world.repositories.get(repository) ?? {};
        if (unwritable !== undefined) refuse('REPOSITORY_UNAVAILABLE', 'deleteSnapshot', unwritable);
        if (isRestoring(world, repository, name)) refuse('ENGINE_BUSY', 'deleteSnapshot', `${name} is being restored`);
        world.repositories.get(repository)?.snapshots.delete(name);
      }),

    async close() {
      close();
    },
  };
};
