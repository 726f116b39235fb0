import { digestOf } from '@tandem/planning/digest.ts';
import type { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import type { PlanRequest } from '@tandem/shared/contract/restores.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { PlanFacts, RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import type { RestorePlan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';
import { checkRename } from '@tandem/shared/domain/restore/plan/rename.ts';
import { wronglyNamed } from '@tandem/shared/domain/restore/plan/restore-ownership.ts';
import { planRestore } from '@tandem/shared/domain/restore/plan/restore-plan.ts';
import type { FoundRecord } from '../backups/read/find-record.ts';
import type { RequestContext } from '../http/route.ts';
import { wayBackWarnings } from './way-back.ts';

export type MakePlan = {
  readonly findRecord: (backupId: string, context: RequestContext) => Promise<FoundRecord>;
  readonly gather: ReturnType<typeof gatherPlan>;
};

export type Planned = { readonly record: BackupRecord; readonly request: RestoreRequest; readonly plan: RestorePlan };

/**
 * What a restore would do, and all that is in its way. A backup that only the repository knows is taken into the history; a deleted one
 * is a blocker. REQUEST_INVALID, BACKUP_NOT_FOUND, HISTORY_UNREACHABLE, and what the engine rejects with.
 */
export const makePlan =
  ({ findRecord, gather }: MakePlan) =>
  async (asked: PlanRequest, context: RequestContext): Promise<Planned> => {
    const request = requestOf(asked);
    const { record } = await findRecord(asked.backupId, context);
    const facts = await gather(record, request);
    requireUndecided(request, facts);
    const plan = planRestore(request, facts, digestOf);
    const warnings = [...plan.warnings, ...wayBackWarnings(plan, request.acceptUnsaved)];
    return { record, request, plan: { ...plan, warnings } };
  };

/** REQUEST_INVALID: a list names what is not there or is not for the operator to decide, or deletions were not asked for. */
const requireUndecided = (request: RestoreRequest, facts: PlanFacts): void => {
  const wrong = wronglyNamed(request, facts);
  if (wrong.length > 0) {
    throw fail(
      'REQUEST_INVALID',
      `deleteUnknown and keepUnknown may only name indices that are there and are ambiguous or unknown, each in one of the two; found ${nameList(wrong)}.`,
      { field: 'deleteUnknown, keepUnknown', ...cutList('found', wrong) },
    );
  }
  if (request.deleteUnknown.length > 0 && !request.deleteExisting) {
    throw fail('REQUEST_INVALID', 'deleteUnknown needs "deleteExisting": true.', { field: 'deleteUnknown' });
  }
};

const requestOf = ({ target, ...asked }: PlanRequest): RestoreRequest => ({
  rename:
    target === undefined
      ? undefined
      : checkRename({ pattern: target.renamePattern, replacement: target.renameReplacement }),
  deleteExisting: asked.deleteExisting,
  acceptVersion: asked.acceptVersion,
  acceptDiskShort: asked.acceptDiskShort,
  acceptFailedRehearsal: asked.acceptFailedRehearsal,
  dropAllocation: asked.dropAllocation,
  ...(asked.acceptUnsaved === undefined ? {} : { acceptUnsaved: asked.acceptUnsaved }),
  only: undefined,
  copy: false,
  deleteUnknown: asked.deleteUnknown,
  keepUnknown: asked.keepUnknown,
});
