import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import type { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import type { PlanRequest } from '@tandem/shared/contract/restores.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { type KeptIndex, keptIndices } from '@tandem/shared/domain/restore/plan/kept-indices.ts';
import type { PlanFacts, RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import type { RestorePlan } from '@tandem/shared/domain/restore/plan/planned-restore.ts';
import { checkRename } from '@tandem/shared/domain/restore/plan/rename.ts';
import { wronglyNamed } from '@tandem/shared/domain/restore/plan/restore-ownership.ts';
import { planRestore } from '@tandem/shared/domain/restore/plan/restore-plan.ts';
import type { FoundRecord } from '../backups/read/find-record.ts';
import type { RequestContext } from '../http/route.ts';
import { chosenWarnings, requireHeld, withChosen } from './chosen-indices.ts';
import { wayBackWarnings } from './way-back.ts';

export type MakePlan = {
  readonly findRecord: (backupId: string, context: RequestContext) => Promise<FoundRecord>;
  readonly gather: ReturnType<typeof gatherPlan>;
  readonly history: Pick<RestoreHistory, 'findRestore'>;
};

export type Planned = { readonly record: BackupRecord; readonly request: RestoreRequest; readonly plan: RestorePlan };

/** `keep`: the indices in the cluster that the plan leaves as they are. */
export type ListedPlanned = Planned & { readonly keep: readonly KeptIndex[] };

/**
 * Plans a restore: what it would do, and its blockers. A backup that exists only in the repository is recorded first; a deleted one is a
 * blocker. REQUEST_INVALID, BACKUP_NOT_FOUND, HISTORY_UNREACHABLE, and as the engine rejects.
 */
export const makePlan =
  ({ findRecord, gather, history }: MakePlan) =>
  async (body: PlanRequest, context: RequestContext): Promise<ListedPlanned> => {
    const requested = requestOf(body);
    const { record } = await findRecord(body.backupId, context);
    const request = await withChosen(history, record, requested);
    const facts = await gather(record, request);
    requireHeld(request, facts);
    requireUndecided(request, facts);
    const plan = planRestore(request, facts, digestOf);
    const warnings = [
      ...plan.warnings,
      ...chosenWarnings(requested, request),
      ...wayBackWarnings(plan, request.acceptUnsaved),
    ];
    return { record, request, plan: { ...plan, warnings }, keep: keptIndices(facts, plan.deletes) };
  };

/** REQUEST_INVALID: a list names an index that does not exist or is not up to the operator, or deletions were not requested. */
const requireUndecided = (request: RestoreRequest, facts: PlanFacts): void => {
  const wrong = wronglyNamed(request, facts);
  if (wrong.length > 0) {
    throw fail(
      'REQUEST_INVALID',
      `deleteUnknown and keepUnknown may only name existing indices that are ambiguous or unknown, each in one of the two lists; found ${nameList(wrong)}.`,
      { field: 'deleteUnknown, keepUnknown', ...cutList('found', wrong) },
    );
  }
  if (request.deleteUnknown.length > 0 && !request.deleteExisting) {
    throw fail('REQUEST_INVALID', 'deleteUnknown needs "deleteExisting": true.', { field: 'deleteUnknown' });
  }
};

const requestOf = ({ target, ...body }: PlanRequest): RestoreRequest => ({
  rename:
    target === undefined
      ? undefined
      : checkRename({ pattern: target.renamePattern, replacement: target.renameReplacement }),
  deleteExisting: body.deleteExisting,
  acceptVersion: body.acceptVersion,
  acceptDiskShort: body.acceptDiskShort,
  acceptFailedRehearsal: body.acceptFailedRehearsal,
  dropAllocation: body.dropAllocation,
  ...omitUndefined({ acceptUnsaved: body.acceptUnsaved }),
  only: body.indices && [...new Set(body.indices)].sort(),
  // only where they are sent: other tasks stay as the version before writes them
  ...(body.acceptInconsistent ? { acceptInconsistent: true } : {}),
  ...(body.acceptUnknownVersions ? { acceptUnknownVersions: true } : {}),
  copy: false,
  deleteUnknown: body.deleteUnknown,
  keepUnknown: body.keepUnknown,
});
