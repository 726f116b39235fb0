import { restoredAllocation, savedShape } from '../../manifest/saved-settings.ts';
import type { DataNode } from '../cluster-facts.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { allocationFilters, mayHold } from './allocation-filters.ts';
import { allowedNodes } from './allowed-nodes.ts';
import { freedCopies } from './disk-room.ts';

const OF_CLUSTER = 'cluster.routing.allocation.total_shards_per_node';
const OF_INDEX = 'index.routing.allocation.total_shards_per_node';

/** A limit of shards per node under which not all that is restored can be assigned. */
export type ShardShortage = {
  /** As a line of settings, with figures. */
  readonly shown: string;
  readonly ofPrimaries: boolean;
};

/** A node, and how many more shards the cluster's limit allows on it; infinite without a limit. */
type Room = { readonly node: DataNode; readonly free: number };

type Demand = {
  readonly index: string;
  readonly saved: Readonly<Record<string, string>>;
  readonly primaries: number;
  /** Replicas as far as there are nodes for them: two copies of a shard never share one. */
  readonly copies: number;
  readonly nodes: readonly Room[];
};

/** Zero or below is no limit. */
const limitIn = (settings: Readonly<Record<string, string>>, name: string): number => {
  const limit = Number(settings[name] ?? -1);
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
};

const clusterLimit = ({ conditions }: PlanFacts): number => limitIn(conditions.settings ?? {}, OF_CLUSTER);

/** Whether the cluster has a limit of shards, and the engine does not report what the nodes hold. */
export const isRoomUnknown = (request: RestoreRequest, facts: PlanFacts): boolean =>
  Number.isFinite(clusterLimit(facts)) && roomAfterDeletion(request, facts) === undefined;

const roomAfterDeletion = (request: RestoreRequest, facts: PlanFacts): readonly Room[] | undefined => {
  const freed = freedCopies(request, facts);
  const nodes = allowedNodes(facts);
  if (freed === undefined || nodes.some(({ shards }) => shards === undefined)) return undefined;
  const limit = clusterLimit(facts);
  return nodes.map((node) => {
    const stay = (node.shards ?? 0) - freed.filter((copy) => copy.node === node.id).length;
    return { node, free: Math.max(0, limit - stay) };
  });
};

const unlimited = (nodes: readonly DataNode[]): readonly Room[] =>
  nodes.map((node) => ({ node, free: Number.POSITIVE_INFINITY }));

/** An index that no node may hold by its filters is a blocker by itself; one without a manifest needs an unknown number. */
const demandOf = (
  request: RestoreRequest,
  facts: PlanFacts,
  planned: PlannedIndex,
  room: readonly Room[],
): readonly Demand[] => {
  const shape = savedShape(facts, planned);
  const saved = restoredAllocation(request, facts, planned);
  const filters = allocationFilters(saved);
  const nodes = room.filter(({ node }) => mayHold(node, filters));
  if (shape === undefined || nodes.length === 0) return [];
  const { primaries, replicas } = shape;
  const copies = primaries * Math.min(request.copy ? 1 : 1 + replicas, nodes.length);
  return [{ index: planned.index, saved, primaries, copies, nodes }];
};

type Need = Pick<Demand, 'primaries' | 'copies'>;

const shortageOf = (setting: string, { primaries, copies }: Need, room: number): readonly ShardShortage[] => {
  const ofPrimaries = primaries > room;
  if (!ofPrimaries && copies <= room) return [];
  const needed = ofPrimaries
    ? `${primaries} ${primaries === 1 ? 'primary' : 'primaries'}`
    : `${copies} shards with replicas`;
  return [{ shown: `${setting} (${needed}, room for ${room})`, ofPrimaries }];
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const inCluster = (facts: PlanFacts, demand: readonly Demand[], room: readonly Room[]): readonly ShardShortage[] =>
  shortageOf(
    `${OF_CLUSTER}: ${clusterLimit(facts)}`,
    {
      primaries: sum(demand.map(({ primaries }) => primaries)),
      copies: sum(demand.map(({ copies }) => copies)),
    },
    sum(room.map(({ free }) => free)),
  );

const ofIndex = (facts: PlanFacts, demand: Demand): readonly ShardShortage[] => {
  const limit = limitIn(demand.saved, OF_INDEX);
  const setting = Number.isFinite(limit) ? `${OF_INDEX}: ${limit}` : `${OF_CLUSTER}: ${clusterLimit(facts)}`;
  const room = sum(demand.nodes.map(({ free }) => Math.min(free, limit, demand.primaries)));
  return shortageOf(`${demand.index} · ${setting}`, demand, room);
};

/** Pure: by the limits of the cluster and those that come back with the indices. Where the former is short of primaries, it is named once. */
export const shardShortages = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly ShardShortage[] => {
  const without = unlimited(allowedNodes(facts));
  const room = roomAfterDeletion(request, facts) ?? without;
  const demandIn = (nodes: readonly Room[]) => restores.flatMap((index) => demandOf(request, facts, index, nodes));
  const together = inCluster(facts, demandIn(room), room);
  return [...together, ...demandIn(together.length > 0 ? without : room).flatMap((demand) => ofIndex(facts, demand))];
};
