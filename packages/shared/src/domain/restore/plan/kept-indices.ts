import type { IndexClass } from '../../ownership/index-ownership.ts';
import type { PlanFacts } from './plan-facts.ts';
import type { PlannedDeletion } from './planned-restore.ts';
import { classOf } from './restore-ownership.ts';

/** An index of the cluster that a restore leaves as it is, and whose it is. */
export type KeptIndex = { readonly index: string; readonly class: IndexClass };

/** The indices of the backup's prefix, and those with a target name, that a plan does not delete; sorted by name. */
export const keptIndices = (
  { listed, existing, ownership }: Pick<PlanFacts, 'listed' | 'existing' | 'ownership'>,
  deletes: readonly PlannedDeletion[],
): readonly KeptIndex[] => {
  const deleted = new Set(deletes.map(({ index }) => index));
  return [...new Set([...listed, ...existing.map(({ name }) => name)])]
    .filter((name) => !deleted.has(name))
    .sort()
    .map((index) => ({ index, class: classOf(ownership, index) }));
};
