import { nameList } from '../../../name-list.ts';
import { type RestoredAs, unrecordedAspects } from '../../manifest/manifest-comparison.ts';
import type { PlanFacts, PlannedIndex } from '../plan-facts.ts';
import { type PlanWarning, warningOf } from './warning.ts';

/** What the comparison will have nothing to compare with, since it was not recorded when the backup was taken. */
export const unrecordedWarnings = (
  { manifests }: Pick<PlanFacts, 'manifests'>,
  restores: readonly PlannedIndex[],
  as: RestoredAs,
): readonly PlanWarning[] => {
  const unrecorded = restores.flatMap(({ part, index }) => {
    const saved = manifests.get(part);
    const aspects = saved === undefined ? [] : unrecordedAspects(saved, index, as);
    return aspects.length === 0 ? [] : [`${index} (${aspects.join(', ')})`];
  });
  return warningOf(
    'NOT_COMPARABLE',
    unrecorded,
    (found) =>
      `What is restored of these indices cannot be compared completely, since it was not recorded when they were saved: ${nameList(found)}.`,
  );
};
