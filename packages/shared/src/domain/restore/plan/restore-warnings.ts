import { restoredAs } from '../manifest/restored-settings.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import { allocationWarnings } from './warnings/allocation-warnings.ts';
import { backupWarnings } from './warnings/backup-warnings.ts';
import { conditionWarnings } from './warnings/condition-warnings.ts';
import { rehearsalWarnings } from './warnings/rehearsal-warnings.ts';
import { repositoryWarnings } from './warnings/repository-warnings.ts';
import { roomWarnings } from './warnings/room-warnings.ts';
import { safetyWarnings } from './warnings/safety-warnings.ts';
import { templateWarnings } from './warnings/template-warnings.ts';
import { unrecordedWarnings } from './warnings/unrecorded-warnings.ts';
import { versionWarnings } from './warnings/version-warnings.ts';
import type { PlanWarning } from './warnings/warning.ts';

export type { PlanWarning } from './warnings/warning.ts';

/** Pure: what an operator should know, and what does not keep the restore from starting. */
export const planWarnings = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly PlanWarning[] => [
  ...backupWarnings(facts),
  ...versionWarnings(request, facts, restores),
  ...unrecordedWarnings(facts, restores, restoredAs(request)),
  ...safetyWarnings(facts),
  ...repositoryWarnings(facts),
  ...rehearsalWarnings(request, facts, restores),
  ...allocationWarnings(request, facts, restores),
  ...roomWarnings(request, facts, restores),
  ...conditionWarnings(request, facts),
  ...templateWarnings(facts),
];
