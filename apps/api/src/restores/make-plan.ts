import { digestOf } from '@tandem/planning/digest.ts';
import type { gatherPlan } from '@tandem/planning/gather-plan.ts';
import type { PlanRequest } from '@tandem/shared/contract/restores.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup.ts';
import type { RestoreRequest } from '@tandem/shared/domain/plan-facts.ts';
import { checkRename } from '@tandem/shared/domain/rename.ts';
import { planRestore, type RestorePlan } from '@tandem/shared/domain/restore-plan.ts';
import type { FoundRecord } from '../backups/find-record.ts';
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
    const plan = planRestore(request, await gather(record, request), digestOf);
    const warnings = [...plan.warnings, ...wayBackWarnings(plan, request.acceptUnsaved)];
    return { record, request, plan: { ...plan, warnings } };
  };

const requestOf = (asked: PlanRequest): RestoreRequest => {
  const { target, deleteExisting, acceptVersion, acceptDiskShort, dropAllocation, acceptUnsaved } = asked;
  return {
    rename:
      target === undefined
        ? undefined
        : checkRename({ pattern: target.renamePattern, replacement: target.renameReplacement }),
    deleteExisting,
    acceptVersion,
    acceptDiskShort,
    dropAllocation,
    ...(acceptUnsaved === undefined ? {} : { acceptUnsaved }),
    only: undefined,
    copy: false,
  };
};
