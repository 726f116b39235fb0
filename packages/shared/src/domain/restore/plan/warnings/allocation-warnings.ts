import { nameList } from '../../../name-list.ts';
import { dropsAllocation, restoredAllocation, savedAllocation, savedShape } from '../../manifest/saved-settings.ts';
import { isOfTier, tierPreference } from '../allocation/allocation-filters.ts';
import { allocationSwitch } from '../allocation/allocation-switch.ts';
import { allowedNodes } from '../allocation/allowed-nodes.ts';
import { awarenessIn, spreadCopies } from '../allocation/awareness.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type PlanWarning, warningOf } from './warning.ts';

/** What may leave shards unassigned, or is not known to do so. */
export const allocationWarnings = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly PlanWarning[] => [
  ...warningOf(
    'ALLOCATION_LIMITED',
    limited(request, facts, restores),
    (found) =>
      `Replicas would stay unassigned, since allocation is limited to primaries: ${nameList(found)}. The restore does not wait for replicas.`,
  ),
  ...warningOf(
    'AWARENESS_LIMITED',
    unevenlySpread(request, facts, restores),
    (found) =>
      `Replicas would stay unassigned, since the nodes lack values of awareness attributes: ${nameList(found)}. The restore does not wait for replicas.`,
  ),
  ...warningOf(
    'TIER_ABSENT',
    withoutTier(request, facts, restores),
    (found) =>
      `No data node has a tier that these indices prefer: ${nameList(found)}. Their shards may stay unassigned.`,
  ),
  ...warningOf(
    'ALLOCATION_UNKNOWN',
    dropsAllocation(request) ? [] : unknown(facts, restores),
    (found) =>
      `The backup does not record with which allocation settings its indices were saved: ${nameList(found)}. If no node satisfies them, the shards stay unassigned after the restore.`,
  ),
];

const limited = (request: RestoreRequest, facts: PlanFacts, restores: readonly PlannedIndex[]): readonly string[] => {
  const switches = restores
    .map((index) => allocationSwitch(index, restoredAllocation(request, facts, index), facts.conditions.settings ?? {}))
    .filter(({ value }) => value === 'primaries' || value === 'new_primaries');
  return [...new Set(switches.map(({ shown }) => shown))];
};

/** Attributes that leave replicas without a node, although there are enough nodes. */
const unevenlySpread = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly string[] => {
  const nodes = allowedNodes(facts);
  const copies = new Set(restores.map((index) => (request.copy ? 1 : 1 + (savedShape(facts, index)?.replicas ?? 0))));
  return awarenessIn(facts.conditions.settings ?? {})
    .filter((awareness) =>
      [...copies].some((some) => spreadCopies(some, nodes, awareness) < Math.min(some, nodes.length)),
    )
    .map(({ shown }) => shown);
};

const withoutTier = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly string[] => {
  const { nodes = [] } = facts.capacity;
  if (nodes.length === 0) return [];
  return restores.flatMap((planned) => {
    const tiers = tierPreference(restoredAllocation(request, facts, planned));
    const isThere = tiers.length === 0 || nodes.some((node) => tiers.some((tier) => isOfTier(node, tier)));
    return isThere ? [] : [`${planned.index} (${tiers.join()})`];
  });
};

const unknown = (facts: PlanFacts, restores: readonly PlannedIndex[]): readonly string[] =>
  restores.filter((index) => savedAllocation(facts, index) === undefined).map(({ index }) => index);
