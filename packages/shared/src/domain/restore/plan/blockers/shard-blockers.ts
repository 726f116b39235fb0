import { savedShape } from '../../manifest/saved-settings.ts';
import { shardShortages } from '../allocation/shard-room.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blocker, blockerOf } from './blocker.ts';

/**
 * SHARDS_SHORT, SHARDS_PER_NODE: more shards than the engine will open or assign. Only what both the engine and the manifests report is
 * compared.
 */
export const shardBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => [...inCluster(request, facts, restores), ...perNode(request, facts, restores)];

/**
 * The engine refuses to restore an index beyond this limit, which it compares with each index by itself. Where only all of them together pass it,
 * the restore would succeed and no other index could be created.
 */
const inCluster = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const { freeShards } = facts.capacity;
  const needed = neededShards(request, facts, restores);
  if (freeShards === undefined || needed === undefined) return [];
  const rest = freeShards + (request.deleteExisting ? freedShards(facts) : 0);
  if (needed <= rest) return [];
  const free = Math.max(0, rest);
  return [
    blocker(
      'SHARDS_SHORT',
      [`needed ${needed} shards`, `free ${free} shards`],
      `The restore opens ${needed} shards; the cluster takes ${free} more.`,
      'Delete indices, add a data node, or raise cluster.max_shards_per_node.',
    ),
  ];
};

/** The engine accepts the restore, and leaves what has no room unassigned. */
const perNode = (request: RestoreRequest, facts: PlanFacts, restores: readonly PlannedIndex[]): readonly Blocker[] =>
  blockerOf(
    'SHARDS_PER_NODE',
    shardShortages(request, facts, restores)
      .filter(({ ofPrimaries }) => ofPrimaries)
      .map(({ shown }) => shown),
    'A limit of shards per node leaves no node for some of the primaries: they would stay unassigned.',
    'Add a data node, or raise the limit of the cluster; for a limit saved with an index, send "dropAllocation": true.',
  );

/** Undefined: a part has no manifest. */
const neededShards = (
  { copy }: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): number | undefined =>
  restores.reduce<number | undefined>((sum, index) => {
    const shape = savedShape(facts, index);
    if (sum === undefined || shape === undefined) return undefined;
    return sum + shape.primaries * (copy ? 1 : 1 + shape.replicas);
  }, 0);

/** Closed indices do not count. */
const freedShards = ({ existing }: PlanFacts): number =>
  existing.reduce((sum, { open, primaries, replicas }) => sum + (open ? primaries * (1 + replicas) : 0), 0);
