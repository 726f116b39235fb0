import { failedRehearsal, rehearsalBlockers, rehearsalWords } from '../blockers/rehearsal-blockers.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import type { PlanWarning } from './warning.ts';

/** REHEARSAL_FAILED as a warning: nothing is deleted, or it was accepted. A rehearsal itself gets none: it may be the one that passes. */
export const rehearsalWarnings = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly PlanWarning[] => {
  const found = failedRehearsal(facts, restores);
  if (found === undefined || request.copy || rehearsalBlockers(request, facts, restores).length > 0) return [];
  return [{ code: 'REHEARSAL_FAILED', message: rehearsalWords(found) }];
};
