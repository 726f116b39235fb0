import { restoredAllocation } from '../../manifest/saved-settings.ts';
import { allocationFilters, mayHold } from '../allocation/allocation-filters.ts';
import { allocationSwitch } from '../allocation/allocation-switch.ts';
import { allowedNodes, nodeRules } from '../allocation/allowed-nodes.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blockerOf } from './blocker.ts';

type Restored = { readonly index: PlannedIndex; readonly saved: Readonly<Record<string, string>> };

/** ALLOCATION_DISABLED: the engine assigns no shards. ALLOCATION_FILTERED: no node may hold them. */
export const allocationBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const restored = restores.map((index) => ({ index, saved: restoredAllocation(request, facts, index) }));
  return [...disabled(facts, restored), ...filtered(facts, restored)];
};

const disabled = ({ conditions }: PlanFacts, restored: readonly Restored[]): readonly Blocker[] => {
  const found = restored
    .map(({ index, saved }) => allocationSwitch(index, saved, conditions.settings ?? {}))
    .filter(({ value }) => value === 'none')
    .map(({ shown }) => shown);
  return blockerOf(
    'ALLOCATION_DISABLED',
    [...new Set(found)],
    'Shard allocation is switched off: the engine would accept the restore and assign no shard.',
    'Set cluster.routing.allocation.enable to "all" or remove the setting; for settings saved with an index, send "dropAllocation": true.',
  );
};

/** The filters of the cluster and those of an index both have to be satisfied by one node. */
const filtered = (facts: PlanFacts, restored: readonly Restored[]): readonly Blocker[] => {
  if ((facts.capacity.nodes ?? []).length === 0) return [];
  const nodes = allowedNodes(facts);
  const found =
    nodes.length === 0
      ? nodeRules(facts.conditions)
      : restored.flatMap(({ index, saved }) => {
          const filters = allocationFilters(saved);
          const isHeld = nodes.some((node) => mayHold(node, filters));
          return isHeld ? [] : filters.map(({ shown }) => `${index.index} · ${shown}`);
        });
  return blockerOf(
    'ALLOCATION_FILTERED',
    found,
    'No data node satisfies these allocation settings: the shards would stay unassigned.',
    'Add a node that satisfies them or change the settings of the cluster; for filters saved with an index, send "dropAllocation": true.',
  );
};
