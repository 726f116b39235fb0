import type { ClusterConditions, DataNode, EngineCapacity } from '../cluster-facts.ts';
import { allocationFilters, mayHold } from './allocation-filters.ts';
import { awarenessIn, hasAttributes } from './awareness.ts';

export type Cluster = { readonly capacity: EngineCapacity; readonly conditions: ClusterConditions };

/** The data nodes that may hold shards according to the settings of the cluster. */
export const allowedNodes = ({ capacity, conditions }: Cluster): readonly DataNode[] => {
  const { nodes = [] } = capacity;
  const { settings = {} } = conditions;
  const filters = allocationFilters(settings);
  const awareness = awarenessIn(settings);
  return nodes.filter((node) => mayHold(node, filters) && hasAttributes(node, awareness));
};

/** The cluster settings that restrict which nodes may hold shards (filters and awareness), as messages quote them. */
export const nodeRules = ({ settings = {} }: ClusterConditions): readonly string[] =>
  [...allocationFilters(settings), ...awarenessIn(settings)].map(({ shown }) => shown);
