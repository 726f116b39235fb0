import { savedShape } from '../../manifest/saved-settings.ts';
import type { DataNode, StoredCopy } from '../cluster-facts.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { allowedNodes } from './allowed-nodes.ts';

/** Bytes. */
export type DiskRoom = {
  /** By name of node: what may be written until its low watermark is reached, after the deletion; below zero: it is exceeded. */
  readonly byNode: readonly { readonly node: string; readonly bytes: number }[];
  /** Replicas included, as far as there are nodes for them. Undefined: a part has no manifest. */
  readonly needed: number | undefined;
  /** Undefined: a part has no manifest. */
  readonly largestShard: number | undefined;
};

/**
 * The bytes that each allowed data node can take after the deletions, the bytes needed and the largest shard. Undefined: the watermarks are
 * off, or the engine does not report all that is required.
 */
export const diskRoom = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): DiskRoom | undefined => {
  const { capacity } = facts;
  const freed = freedCopies(request, facts);
  if (capacity.diskWatched !== true || freed === undefined) return undefined;
  const nodes = allowedNodes(facts);
  if (nodes.length === 0 || nodes.some(({ freeBytes }) => freeBytes === undefined)) return undefined;
  return {
    byNode: nodes.map((node) => ({ node: node.name, bytes: roomOn(node, freed) })),
    needed: total(restores.map((index) => bytesOf(request, facts, index, nodes.length))),
    largestShard: largest(restores.map((index) => shardBytes(facts, index))),
  };
};

/** The copies of shards that are deleted before the restore; empty without `deleteExisting`. Undefined: the engine does not report them. */
export const freedCopies = (
  { deleteExisting }: RestoreRequest,
  { existing, existingCopies }: PlanFacts,
): readonly StoredCopy[] | undefined => {
  const deleted = new Set(deleteExisting ? existing.map(({ name }) => name) : []);
  return deleted.size === 0 ? [] : existingCopies?.filter(({ index }) => deleted.has(index));
};

const roomOn = ({ id, freeBytes = 0 }: DataNode, freed: readonly StoredCopy[]): number =>
  freed.filter(({ node }) => node === id).reduce((sum, { bytes }) => sum + bytes, freeBytes);

type Known = number | undefined;

const total = (numbers: readonly Known[]): Known =>
  numbers.reduce<Known>((sum, number) => (sum === undefined || number === undefined ? undefined : sum + number), 0);

const largest = (numbers: readonly Known[]): Known =>
  numbers.reduce<Known>(
    (max, number) => (max === undefined || number === undefined ? undefined : Math.max(max, number)),
    0,
  );

/** Two copies of a shard never share a node. */
const bytesOf = ({ copy }: RestoreRequest, facts: PlanFacts, index: PlannedIndex, nodes: number): Known => {
  if (index.bytes === null) return undefined;
  const copies = copy ? 1 : 1 + (savedShape(facts, index)?.replicas ?? 0);
  return index.bytes * Math.min(copies, nodes);
};

/** As if all primaries of an index were of one size: a manifest has their sum. */
const shardBytes = (facts: PlanFacts, index: PlannedIndex): Known =>
  index.bytes === null ? undefined : Math.ceil(index.bytes / Math.max(1, savedShape(facts, index)?.primaries ?? 1));
