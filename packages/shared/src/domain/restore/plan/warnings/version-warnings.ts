import { indexVersionBlockers, unknownVersions, unknownVersionsWords } from '../blockers/index-version-blockers.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type PlanWarning, warningOf } from './warning.ts';

/** INDEX_VERSIONS_UNKNOWN as a warning: nothing is deleted, or it was accepted. */
export const versionWarnings = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly PlanWarning[] => {
  const isBlocked = indexVersionBlockers(request, facts, restores).some(
    ({ code }) => code === 'INDEX_VERSIONS_UNKNOWN',
  );
  return warningOf('INDEX_VERSIONS_UNKNOWN', isBlocked ? [] : unknownVersions(facts, restores), unknownVersionsWords);
};
