import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blocker } from './blocker.ts';

/** Only what both the engine and the manifests tell is compared. */
export const roomBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const { freeBytes, freeShards } = facts.capacity;
  const needed = needs(request, facts, restores);
  const given = request.deleteExisting ? freedBy(facts) : { bytes: 0, shards: 0 };
  const free = freeBytes.reduce((sum, bytes) => sum + bytes, 0) + given.bytes;
  const isDiskShort = freeBytes.length > 0 && needed.bytes !== undefined && needed.bytes > free;
  const shards = freeShards === undefined ? undefined : freeShards + given.shards;
  const isShardsShort = shards !== undefined && needed.shards !== undefined && needed.shards > shards;
  return [
    ...(isDiskShort
      ? [
          blocker(
            'DISK_SHORT',
            [`needed ${needed.bytes} bytes`, `free ${free} bytes`],
            `The restore needs ${needed.bytes} bytes, replicas included; the data nodes may write ${free} before the flood stage stops all writing.`,
            'Free disk space or add a data node.',
          ),
        ]
      : []),
    ...(isShardsShort
      ? [
          blocker(
            'SHARDS_SHORT',
            [`needed ${needed.shards} shards`, `free ${shards} shards`],
            `The restore opens ${needed.shards} shards; the cluster takes ${shards} more.`,
            'Delete indices, add a data node, or raise cluster.max_shards_per_node.',
          ),
        ]
      : []),
  ];
};

/** Undefined: a part has no manifest, so it is not known. */
const needs = ({ copy }: RestoreRequest, { manifests }: PlanFacts, restores: readonly PlannedIndex[]) => {
  const shapes = new Map(
    [...manifests.values()]
      .flatMap(({ before, after }) => [...before.shapes, ...(after?.shapes ?? [])])
      .map((shape) => [shape.name, shape]),
  );
  let [bytes, shards]: [number | undefined, number | undefined] = [0, 0];
  for (const { index, bytes: primaryBytes } of restores) {
    const shape = shapes.get(index);
    const copies = copy ? 1 : 1 + (shape?.replicas ?? 0);
    bytes = bytes === undefined || primaryBytes === null ? undefined : bytes + primaryBytes * copies;
    shards = shards === undefined || shape === undefined ? undefined : shards + shape.primaries * copies;
  }
  return { bytes, shards };
};

const freedBy = ({ existing, existingFigures }: PlanFacts) => {
  const copies = new Map(existing.map(({ name, replicas }) => [name, 1 + replicas]));
  return {
    bytes: existingFigures.reduce((sum, { name, primaryBytes }) => sum + primaryBytes * (copies.get(name) ?? 1), 0),
    shards: existing.reduce((sum, { primaries, replicas }) => sum + primaries * (1 + replicas), 0),
  };
};
