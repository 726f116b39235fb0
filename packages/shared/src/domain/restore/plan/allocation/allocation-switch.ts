import type { PlannedIndex } from '../plan-facts.ts';

const OF_CLUSTER = 'cluster.routing.allocation.enable';
const OF_INDEX = 'index.routing.allocation.enable';

export type AllocationSwitch = { readonly value: string; readonly shown: string };

/** Which shards the engine assigns: `all`, `primaries`, `new_primaries` or `none`. The setting of an index wins over that of the cluster. */
export const allocationSwitch = (
  { index }: Pick<PlannedIndex, 'index'>,
  saved: Readonly<Record<string, string>>,
  cluster: Readonly<Record<string, string>>,
): AllocationSwitch => {
  const own = saved[OF_INDEX];
  if (own !== undefined) return { value: own.toLowerCase(), shown: `${index} · ${OF_INDEX}: ${own}` };
  const value = cluster[OF_CLUSTER] ?? 'all';
  return { value: value.toLowerCase(), shown: `${OF_CLUSTER}: ${value}` };
};
