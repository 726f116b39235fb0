import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import { allocationWarnings } from './restore-warnings/allocation-warnings.ts';
import { backupWarnings } from './restore-warnings/backup-warnings.ts';
import { conditionWarnings } from './restore-warnings/condition-warnings.ts';
import { rehearsalWarnings } from './restore-warnings/rehearsal-warnings.ts';
import { repositoryWarnings } from './restore-warnings/repository-warnings.ts';
import { roomWarnings } from './restore-warnings/room-warnings.ts';
import { safetyWarnings } from './restore-warnings/safety-warnings.ts';
import { templateWarnings } from './restore-warnings/template-warnings.ts';
import { unrecordedWarnings } from './restore-warnings/unrecorded-warnings.ts';
import type { PlanWarning } from './restore-warnings/warning.ts';
import { restoredAs } from './restored-settings.ts';

export type { PlanWarning } from './restore-warnings/warning.ts';

/** Pure: what an operator should know, and what does not keep the restore from starting. */
export const planWarnings = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly PlanWarning[] => [
  ...backupWarnings(facts),
  ...unrecordedWarnings(facts, restores, restoredAs(request)),
  ...safetyWarnings(facts),
  ...repositoryWarnings(facts),
  ...rehearsalWarnings(request, facts, restores),
  ...allocationWarnings(request, facts, restores),
  ...roomWarnings(request, facts, restores),
  ...conditionWarnings(request, facts),
  ...templateWarnings(facts),
];
