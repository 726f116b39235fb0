import type { LeftOffAlias } from './aliases-left-off.ts';
import { aliasBlockers } from './blockers/alias-blockers.ts';
import { allocationBlockers } from './blockers/allocation-blockers.ts';
import { backupBlockers } from './blockers/backup-blockers.ts';
import type { Blocker } from './blockers/blocker.ts';
import { diskBlockers } from './blockers/disk-blockers.ts';
import { indexVersionBlockers } from './blockers/index-version-blockers.ts';
import { installationBlockers, leftOutBlockers, ownershipBlockers } from './blockers/ownership-blockers.ts';
import { partBlockers } from './blockers/part-blockers.ts';
import { privilegeBlockers } from './blockers/privilege-blockers.ts';
import { readOnlyBlockers } from './blockers/read-only-blockers.ts';
import { rehearsalBlockers } from './blockers/rehearsal-blockers.ts';
import { repositoryBlockers } from './blockers/repository-blockers.ts';
import { safetyBlockers } from './blockers/safety-blockers.ts';
import { selectionBlockers } from './blockers/selection-blockers.ts';
import { shardBlockers } from './blockers/shard-blockers.ts';
import { targetBlockers } from './blockers/target-blockers.ts';
import { versionBlockers } from './blockers/version-blockers.ts';
import { workBlockers } from './blockers/work-blockers.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import type { InTheWay, NotRestored } from './restore-ownership.ts';
import type { SelectionNeeds } from './selection.ts';

type Planning = {
  readonly way: InTheWay;
  readonly notRestored: readonly NotRestored[];
  /** What a selection lacks to fit what stays; undefined: nothing. */
  readonly needs: SelectionNeeds | undefined;
  readonly leftOff: readonly LeftOffAlias[];
};

/** Pure: every blocker at once, in the order of BLOCKER_CODES. `facts.existing`: what may be deleted, and nothing else. */
export const restoreBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
  { way, notRestored, needs, leftOff }: Planning,
): readonly Blocker[] => [
  ...backupBlockers(facts),
  ...installationBlockers(request, facts),
  ...repositoryBlockers(facts),
  ...partBlockers(request, facts, restores),
  ...indexVersionBlockers(request, facts, restores),
  ...leftOutBlockers(facts, restores, notRestored),
  ...rehearsalBlockers(request, facts, restores),
  ...versionBlockers(request, facts),
  ...selectionBlockers(request, facts.backup.backupId, needs),
  ...targetBlockers(request, facts, restores),
  ...ownershipBlockers(request, way),
  ...workBlockers(request, facts, restores),
  ...diskBlockers(request, facts, restores),
  ...shardBlockers(request, facts, restores),
  ...allocationBlockers(request, facts, restores),
  ...aliasBlockers(request, facts, restores, leftOff),
  ...readOnlyBlockers(request, facts),
  ...safetyBlockers(request, facts),
  ...privilegeBlockers(request, facts, restores),
];
