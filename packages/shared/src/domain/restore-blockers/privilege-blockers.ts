import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blockerOf } from './blocker.ts';

/** What is restored in place is blocked for writing until it is compared; whoever may not change its settings could not lift that. */
export const privilegeBlockers = (
  { rename }: RestoreRequest,
  { conditions: { unmanageable = [] } }: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const targets = new Set(rename === undefined ? restores.map(({ as }) => as) : []);
  return blockerOf(
    'PRIVILEGE_MISSING',
    unmanageable.filter((name) => targets.has(name)),
    'The user or API key of Tandem may not change the settings of these indices, so it could not lift the write block that they are restored with.',
    'Grant it the index privilege manage on them.',
  );
};
