import type { IndexRecovery, NewRestore } from '../index-port.ts';
import { requireNewRestore } from '../rest/request-rules.ts';
import { restoreTargets } from '../restore-targets.ts';
import { refuse } from './calls.ts';
import { requireFreeShards } from './shards.ts';
import {
  blocksOf,
  type World,
  type WorldIndex,
  type WorldRecovery,
  type WorldRepository,
  type WorldSnapshot,
} from './world.ts';

/** How the restore of one index ends. `reason`: its shards failed. `documents`: the restored documents differ from the saved ones. */
export type RestoreEnd = { readonly reason?: string; readonly documents?: number };

export type RestoreContext = {
  readonly world: World;
  readonly newestReadable: number;
  readonly newUuid: () => string;
  readonly usable: (repository: string) => WorldRepository;
};

const BYTES_A_SHARD = 1_000;
const ROTTED = 'a file of the snapshot is missing';

const refuseRestore = (what: string): never => refuse('RESTORE_REFUSED', 'startRestore', what);

const requireRestorable = ({ facts }: WorldSnapshot, indices: readonly string[], newestReadable: number): void => {
  const { name, state, versionId = 0, failures } = facts;
  if (versionId > newestReadable) refuseRestore(`the snapshot ${name} is of a newer engine`);
  const broken = failures.find(({ index }) => indices.includes(index));
  if (state === 'PARTIAL' && broken !== undefined) refuseRestore(`${broken.index} in ${name} is incomplete`);
  if (state !== 'SUCCESS' && state !== 'PARTIAL') refuseRestore(`the snapshot ${name} is ${state}`);
};

const savedAt = ({ facts, saved }: WorldSnapshot, index: string): WorldIndex =>
  saved.get(index) ?? refuse('INDEX_NOT_FOUND', 'startRestore', `the snapshot ${facts.name} has no index ${index}`);

const requireFree = (world: World, target: string, saved: WorldIndex): void => {
  const isAlias = [...world.indices.values()].some(({ aliases }) => target in aliases);
  if (isAlias) refuseRestore(`${target} is an alias`);
  const there = world.indices.get(target);
  if (there === undefined) return;
  if (!there.closed) refuse('INDEX_EXISTS', 'startRestore', `it has an open index ${target}`);
  if (there.primaries !== saved.primaries) refuseRestore(`the closed index ${target} has other shards`);
};

const isWriteIndex = (alias: unknown): boolean =>
  (alias as { readonly is_write_index?: unknown } | undefined)?.is_write_index === true;

const requireOneWriteIndex = (world: World, target: string, { aliases }: WorldIndex): void => {
  const marked = Object.entries(aliases).filter(([, alias]) => isWriteIndex(alias));
  for (const [alias] of marked) {
    const other = [...world.indices].find(([name, index]) => name !== target && isWriteIndex(index.aliases[alias]));
    if (other === undefined) continue;
    // an engine notices it while it applies the restore: 500, illegal_state_exception
    refuse('ENGINE_FAILED', 'startRestore', `alias [${alias}] has more than one write index [${other[0]},${target}]`);
  }
};

/** The restored index, except for its uuid. */
const restored = (saved: WorldIndex, restore: NewRestore): WorldIndex => ({
  ...saved,
  ...(restore.as === 'copy' ? { replicas: 0 } : {}),
  aliases: restore.as === 'saved' ? saved.aliases : {},
  settings: settingsOf(saved, restore),
  closed: false,
});

/** Where the engine has security. */
export const requireSnapshotAction = ({ lacking }: World, action: 'create' | 'restore'): void => {
  if (lacking?.snapshot.includes(action) !== true) return;
  const call = action === 'create' ? 'startSnapshot' : 'startRestore';
  refuse('ENGINE_FORBIDDEN', call, `the caller may not ${action} snapshots`);
};

const snapshotOf = ({ usable }: RestoreContext, { repository, snapshot: name }: NewRestore): WorldSnapshot =>
  usable(repository).snapshots.get(name) ?? refuse('SNAPSHOT_NOT_FOUND', 'startRestore', `it has no snapshot ${name}`);

const matches = (pattern: string, name: string): boolean => {
  const [start = '', ...rest] = pattern.split('*');
  return rest.length === 0 ? name === pattern : name.startsWith(start) && name.endsWith(rest.at(-1) ?? '');
};

const settingsOf = ({ settings }: WorldIndex, { ignoreSettings = [], settings: added = {} }: NewRestore) => ({
  ...Object.fromEntries(
    Object.entries(settings).filter(([name]) => !ignoreSettings.some((pattern) => matches(pattern, name))),
  ),
  ...added,
});

/** The target indices, that is: they are there at once, and are filled when their recovery ends. */
export const startRestoreIn = (context: RestoreContext, restore: NewRestore): readonly string[] => {
  requireNewRestore(restore);
  const { world, newUuid, newestReadable } = context;
  requireSnapshotAction(world, 'restore');
  const snapshot = snapshotOf(context, restore);
  requireRestorable(snapshot, restore.indices, newestReadable);
  const targets = [...restoreTargets(restore)];
  if (new Set(targets.map(([, target]) => target)).size < targets.length) refuseRestore('two indices get one name');
  for (const [index, target] of targets) {
    requireFree(world, target, savedAt(snapshot, index));
    requireOneWriteIndex(world, target, restored(savedAt(snapshot, index), restore));
    requireFreeShards(world, restored(savedAt(snapshot, index), restore));
  }
  const restoreUuid = newUuid();
  for (const [index, target] of targets) {
    // an engine keeps the uuid of a closed index that it overwrites
    const uuid = world.indices.get(target)?.uuid ?? newUuid();
    const source = { repository: restore.repository, snapshot: restore.snapshot, restoreUuid };
    world.indices.set(target, { ...restored(savedAt(snapshot, index), restore), uuid });
    world.recoveries.set(target, { state: 'RUNNING', reason: '', source, savedAs: index });
  }
  return targets.map(([, target]) => target);
};

const isRotted = (world: World, { source, savedAs }: WorldRecovery): boolean =>
  source !== undefined &&
  world.repositories.get(source.repository)?.snapshots.get(source.snapshot)?.rotted.has(savedAs) === true;

/** Ends the running recovery of an index; throws if there is none. */
export const finishRestoreOf = (world: World, name: string, end: RestoreEnd = {}): void => {
  const recovery = world.recoveries.get(name);
  const index = world.indices.get(name);
  if (recovery?.state !== 'RUNNING' || index === undefined) throw new Error(`The index ${name} is not being restored.`);
  const reason = end.reason ?? (isRotted(world, recovery) ? ROTTED : undefined);
  world.recoveries.set(name, {
    ...recovery,
    state: reason === undefined ? 'DONE' : 'ABANDONED',
    reason: reason ?? '',
  });
  world.indices.set(name, { ...index, docs: end.documents ?? index.docs });
};

/** A restarted engine no longer knows the sources of indices, and has lost what was being restored. */
export const forgetRecoveries = (world: World): void => {
  for (const [name, recovery] of world.recoveries) {
    const isLost = recovery.state === 'RUNNING';
    const lost = isLost ? { state: 'ABANDONED' as const, reason: 'no node has a copy of the shard' } : {};
    world.recoveries.set(name, { ...recovery, ...lost, source: undefined });
  }
};

export const isRestoring = (world: World, repository: string, snapshot: string): boolean =>
  [...world.recoveries.values()].some(
    ({ state, source }) => state === 'RUNNING' && source?.repository === repository && source.snapshot === snapshot,
  );

export const recoveryOf = (
  name: string,
  index: WorldIndex,
  { state, reason, source }: WorldRecovery,
): IndexRecovery => {
  const { uuid, primaries } = index;
  const blocks = blocksOf(index);
  const shardsDone = state === 'DONE' ? primaries : 0;
  const failures =
    state === 'ABANDONED'
      ? Array.from({ length: primaries }, (_, shard) => ({ shard, reason, lost: source === undefined }))
      : [];
  const bytes = { bytes: primaries * BYTES_A_SHARD, bytesDone: shardsDone * BYTES_A_SHARD };
  return { name, uuid, blocks, shards: primaries, shardsDone, ...bytes, source, failures };
};

/** Of an index that was made here. */
export const ownRecovery: WorldRecovery = { state: 'DONE', reason: '', source: undefined, savedAs: '' };
