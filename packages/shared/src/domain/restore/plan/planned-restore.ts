import type { OwnershipList } from '../../ownership/index-ownership.ts';
import type { LeftOffAlias } from './aliases-left-off.ts';
import type { Blocker } from './blockers/blocker.ts';
import type { PlannedIndex, TemplatesPlan } from './plan-facts.ts';
import type { NotRestored } from './restore-ownership.ts';
import type { PlanWarning } from './restore-warnings.ts';

export type PlannedDeletion = {
  readonly index: string;
  readonly uuid: string;
  /** What its primaries had numbered (`IndexOperations`); null: it could not be measured. Undefined in tasks of before it was. */
  readonly operations?: number | null | undefined;
};

export type RestorePlan = {
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly clusterUuid: string;
  readonly repository: string;
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly PlanWarning[];
  readonly parts: readonly PlannedRestorePart[];
  readonly restores: readonly PlannedIndex[];
  readonly deletes: readonly PlannedDeletion[];
  /** What the backup holds and the restore leaves out. */
  readonly notRestored: readonly NotRestored[];
  /** Aliases that a restore of chosen indices leaves off. */
  readonly aliasesLeftOff: readonly LeftOffAlias[];
  /** Of the names in the backup and in the engine: those that are not simply ours. */
  readonly ownership: OwnershipList;
  readonly documents: number | null;
  readonly bytes: number | null;
  /** Null: no restore has been timed yet, or the size is not known. */
  readonly estimatedDurationMs: number | null;
  readonly templates: TemplatesPlan | null;
  /** SHA-256 over what is to be done and what is in its way, without figures that drift. */
  readonly planHash: string;
};

export type PlannedRestorePart = {
  readonly number: number;
  readonly snapshot: string;
  readonly uuid: string | null;
  /** No index of it is chosen. Absent: it is restored. */
  readonly skipped?: true;
};
