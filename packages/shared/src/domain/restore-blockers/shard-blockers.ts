import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { savedShape } from '../saved-settings.ts';
import { type Blocker, blocker } from './blocker.ts';

/** Only what both the engine and the manifests report is compared. */
export const shardBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const { freeShards } = facts.capacity;
  const needed = neededShards(request, facts, restores);
  if (freeShards === undefined || needed === undefined) return [];
  const free = freeShards + (request.deleteExisting ? freedShards(facts) : 0);
  if (needed <= free) return [];
  return [
    blocker(
      'SHARDS_SHORT',
      [`needed ${needed} shards`, `free ${free} shards`],
      `The restore opens ${needed} shards; the cluster takes ${free} more.`,
      'Delete indices, add a data node, or raise cluster.max_shards_per_node.',
    ),
  ];
};

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

const freedShards = ({ existing }: PlanFacts): number =>
  existing.reduce((sum, { primaries, replicas }) => sum + primaries * (1 + replicas), 0);
