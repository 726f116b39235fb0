import type { KeptIndex } from './kept-indices.ts';
import type { PlannedIndex } from './plan-facts.ts';
import type { PlannedDeletion, RestorePlan } from './planned-restore.ts';
import type { NotRestored } from './restore-ownership.ts';

/** A plan and the indices that it leaves as they are. */
export type ListedPlan = { readonly plan: RestorePlan; readonly keep: readonly KeptIndex[] };

/** The lists of a plan that grow with the indices of a cluster; each is read page by page. */
export const PLAN_LISTS = ['delete', 'restore', 'keep', 'notRestored'] as const;
export type PlanList = (typeof PLAN_LISTS)[number];

export type PlanItems = {
  readonly delete: PlannedDeletion;
  readonly restore: PlannedIndex;
  readonly keep: KeptIndex;
  readonly notRestored: NotRestored;
};

type Lists = {
  readonly [List in PlanList]: {
    readonly of: (listed: ListedPlan) => readonly PlanItems[List][];
    readonly keyOf: (item: PlanItems[List]) => string;
  };
};

const byName = ({ index }: { readonly index: string }): string => index;

const lists: Lists = {
  delete: { of: ({ plan }) => plan.deletes, keyOf: byName },
  restore: { of: ({ plan }) => plan.restores, keyOf: ({ part, index }) => `${String(part).padStart(6, '0')}/${index}` },
  keep: { of: ({ keep }) => keep, keyOf: byName },
  notRestored: { of: ({ plan }) => plan.notRestored, keyOf: byName },
};

/** How many entries each list has. */
export const planCounts = (listed: ListedPlan): Readonly<Record<PlanList, number>> => ({
  delete: lists.delete.of(listed).length,
  restore: lists.restore.of(listed).length,
  keep: lists.keep.of(listed).length,
  notRestored: lists.notRestored.of(listed).length,
});

export type PlanPage<List extends PlanList = PlanList> = {
  readonly items: readonly PlanItems[List][];
  /** The key after which the next page begins. Undefined: this is the last one. */
  readonly next: string | undefined;
};

/** The entries whose key is greater than `after`, in the order of their keys: by name, what is restored by part first. */
export const planPage = <List extends PlanList>(
  listed: ListedPlan,
  list: List,
  after: string | undefined,
  limit: number,
): PlanPage<List> => {
  const { of, keyOf } = lists[list];
  const keyed = of(listed)
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const page = keyed.slice(0, limit);
  return { items: page.map(({ item }) => item), next: keyed.length > limit ? page.at(-1)?.key : undefined };
};
