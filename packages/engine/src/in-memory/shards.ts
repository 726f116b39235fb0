import type { DataNode, EngineCapacity } from '../index-port.ts';
import { refuse } from './calls.ts';
import type { World, WorldIndex } from './world.ts';

const LIMIT = 'cluster.max_shards_per_node';
const DEFAULT_LIMIT = 1_000;

const openShardsOf = ({ closed, primaries, replicas }: WorldIndex): number => (closed ? 0 : primaries * (1 + replicas));

const sumOf = (world: World, count: (index: WorldIndex) => number): number =>
  [...world.indices.values()].reduce((sum, index) => sum + count(index), 0);

/** Undefined: the number of nodes is not reported. */
const freeShardsIn = (world: World): number | undefined => {
  const { nodes } = world.capacity;
  const limit = Number(world.clusterSettings[LIMIT] ?? DEFAULT_LIMIT);
  return nodes && limit * nodes.length - sumOf(world, openShardsOf);
};

/** All primaries lie on the first node; replicas are not assigned. */
const holding = (world: World, nodes: readonly DataNode[]): readonly DataNode[] =>
  nodes.map((node, at) => ({ ...node, shards: at === 0 ? sumOf(world, ({ primaries }) => primaries) : 0 }));

export const capacityOf = (world: World): EngineCapacity => {
  const { nodes } = world.capacity;
  return { ...world.capacity, nodes: nodes && holding(world, nodes), freeShards: freeShardsIn(world) };
};

/** As an engine checks before it restores anything: each index by itself. */
export const requireFreeShards = (world: World, { primaries, replicas }: WorldIndex): void => {
  const needed = primaries * (1 + replicas);
  const free = freeShardsIn(world);
  if (free !== undefined && needed > free) {
    refuse('ENGINE_REFUSED', 'startRestore', `an index needs ${needed} shards, and ${free} may still be opened`);
  }
};
