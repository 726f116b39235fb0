import type { AliasOwner, ClusterConditions, IndexEngine, StoredCopy } from '../index-port.ts';
import { byAliasAndIndex } from '../rest/replies/conditions.ts';
import { isFields } from '../rest/reply-fields.ts';
import { requireIndexNames } from '../rest/request-rules.ts';
import type { InMemoryCalls } from './calls.ts';
import { capacityOf } from './shards.ts';
import type { ConditionCall, World, WorldIndex } from './world.ts';

const BLOCK = 'index.blocks.';
const CONDITIONS = ['cluster.routing.allocation.', 'cluster.blocks.'];

const blocksOf = ({ settings }: WorldIndex): readonly string[] =>
  Object.entries(settings)
    .filter(([name, value]) => name.startsWith(BLOCK) && value === 'true')
    .map(([name]) => name.slice(BLOCK.length))
    .sort();

/** The size of a primary, by its documents alone. */
export const primaryBytesOf = ({ primaries, docs }: WorldIndex): number => primaries * 250 + docs * 100;

const ownersOf = (name: string, { aliases }: WorldIndex): readonly AliasOwner[] =>
  Object.entries(aliases).map(([alias, properties]) => {
    const flag = isFields(properties) ? properties.is_write_index : undefined;
    return { alias, index: name, isWriteIndex: typeof flag === 'boolean' ? flag : undefined };
  });

/** All shards lie on the first node. */
const copiesIn = (world: World, names: readonly string[]): readonly StoredCopy[] => {
  const [first] = world.capacity.nodes ?? [];
  if (first === undefined) return [];
  return [...world.indices]
    .filter(([name]) => names.includes(name))
    .flatMap(([name, index]) =>
      Array.from({ length: index.primaries }, () => ({
        ...{ index: name, node: first.id },
        bytes: Math.ceil(primaryBytesOf(index) / index.primaries),
      })),
    );
};

const lackingIn = ({ lacking }: World, names: readonly string[]) =>
  lacking && {
    snapshot: lacking.snapshot,
    manage: lacking.manage.filter((name) => names.includes(name)).sort(),
    deleteIndex: lacking.deleteIndex.filter((name) => names.includes(name)).sort(),
  };

const conditionsIn = (world: World, names: readonly string[]): ClusterConditions => ({
  settings: Object.fromEntries(
    Object.entries(world.clusterSettings).filter(([name]) => CONDITIONS.some((prefix) => name.startsWith(prefix))),
  ),
  indexBlocks: new Map(
    [...world.indices]
      .filter(([name]) => names.includes(name))
      .map(([name, index]) => [name, blocksOf(index)] as const)
      .filter(([, blocks]) => blocks.length > 0),
  ),
  lacking: lackingIn(world, names),
  redIndices: [...world.recoveries]
    .filter(([, { state }]) => state === 'ABANDONED')
    .map(([name]) => name)
    .sort(),
});

export const inMemoryConditions = (
  { call }: Pick<InMemoryCalls, 'call'>,
  world: World,
): Pick<IndexEngine, Exclude<ConditionCall, 'inspectNodes'>> => {
  const isAllowed = (method: ConditionCall): boolean => !world.notAllowed.has(method);
  return {
    capacity: () =>
      call('capacity', '', () =>
        isAllowed('capacity') ? capacityOf(world) : { nodes: undefined, diskWatched: undefined, freeShards: undefined },
      ),

    clusterConditions: (names) =>
      call('clusterConditions', names.join(), () => {
        requireIndexNames(names);
        return isAllowed('clusterConditions')
          ? conditionsIn(world, names)
          : { settings: undefined, indexBlocks: undefined, lacking: undefined, redIndices: undefined };
      }),

    storedCopies: (names) =>
      call('storedCopies', names.join(), () => {
        requireIndexNames(names);
        return isAllowed('storedCopies') ? copiesIn(world, names) : undefined;
      }),

    aliasOwners: (aliases) =>
      call('aliasOwners', aliases.join(), () => {
        requireIndexNames(aliases);
        if (!isAllowed('aliasOwners')) return undefined;
        return [...world.indices]
          .flatMap(([name, index]) => ownersOf(name, index))
          .filter(({ alias }) => aliases.includes(alias))
          .sort(byAliasAndIndex);
      }),
  };
};
