import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import { aliasBlockers } from './restore-blockers/alias-blockers.ts';
import { allocationBlockers } from './restore-blockers/allocation-blockers.ts';
import { backupBlockers } from './restore-blockers/backup-blockers.ts';
import type { Blocker } from './restore-blockers/blocker.ts';
import { diskBlockers } from './restore-blockers/disk-blockers.ts';
import { installationBlockers, leftOutBlockers, ownershipBlockers } from './restore-blockers/ownership-blockers.ts';
import { partBlockers } from './restore-blockers/part-blockers.ts';
import { privilegeBlockers } from './restore-blockers/privilege-blockers.ts';
import { readOnlyBlockers } from './restore-blockers/read-only-blockers.ts';
import { rehearsalBlockers } from './restore-blockers/rehearsal-blockers.ts';
import { repositoryBlockers } from './restore-blockers/repository-blockers.ts';
import { safetyBlockers } from './restore-blockers/safety-blockers.ts';
import { shardBlockers } from './restore-blockers/shard-blockers.ts';
import { targetBlockers } from './restore-blockers/target-blockers.ts';
import { versionBlockers } from './restore-blockers/version-blockers.ts';
import { workBlockers } from './restore-blockers/work-blockers.ts';
import type { InTheWay, NotRestored } from './restore-ownership.ts';

/** Pure: every blocker at once, in the order of BLOCKER_CODES. `facts.existing`: what may be deleted, and nothing else. */
export const restoreBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
  { way, notRestored }: { readonly way: InTheWay; readonly notRestored: readonly NotRestored[] },
): readonly Blocker[] => [
  ...backupBlockers(facts),
  ...installationBlockers(request, facts),
  ...repositoryBlockers(facts),
  ...partBlockers(facts),
  ...leftOutBlockers(facts, restores, notRestored),
  ...rehearsalBlockers(request, facts, restores),
  ...versionBlockers(request, facts),
  ...targetBlockers(request, facts, restores),
  ...ownershipBlockers(request, way),
  ...workBlockers(request, facts, restores),
  ...diskBlockers(request, facts, restores),
  ...shardBlockers(request, facts, restores),
  ...allocationBlockers(request, facts, restores),
  ...aliasBlockers(request, facts, restores),
  ...readOnlyBlockers(request, facts),
  ...safetyBlockers(request, facts),
  ...privilegeBlockers(request, facts, restores),
];
