import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { digestOf } from '@tandem/planning/digest.ts';
import type { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { RehearseRequest } from '@tandem/shared/contract/restores.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { planRestore } from '@tandem/shared/domain/restore/plan/restore-plan.ts';
import type { PlanWarning } from '@tandem/shared/domain/restore/plan/restore-warnings.ts';
import { rehearsalRename } from '@tandem/shared/domain/restore/rehearsal.ts';
import { rehearsalSample } from '@tandem/shared/domain/restore/rehearsal-sample.ts';
import type { FoundRecord } from '../backups/read/find-record.ts';
import type { RequestContext } from '../http/route.ts';
import { openRestore, restoreTask } from './open-restore.ts';
import { restoreBlocked } from './refused-restore.ts';

export type RehearseBackup = {
  readonly findRecord: (backupId: string, context: RequestContext) => Promise<FoundRecord>;
  readonly gather: ReturnType<typeof gatherPlan>;
  readonly history: Pick<RestoreHistory, 'requestRestore'>;
  readonly newId: () => string;
  readonly enqueue: (job: OperationJob) => void;
  readonly announce: (backupIds: readonly string[]) => void;
};

export type AcceptedRehearsal = { readonly operationId: string; readonly warnings: readonly PlanWarning[] };

/**
 * Requests a rehearsal: the backup is restored under other names, compared, and the copies are deleted. REQUEST_INVALID: it does not contain a
 * requested index. RESTORE_BLOCKED, also if an operation of the backup is open; BACKUP_BUSY if one was accepted meanwhile; BACKUP_NOT_FOUND,
 * HISTORY_UNREACHABLE, and as the engine rejects.
 */
export const rehearseBackup =
  (deps: RehearseBackup) =>
  async (body: RehearseRequest, context: RequestContext): Promise<AcceptedRehearsal> => {
    const { record } = await deps.findRecord(body.backupId, context);
    const operationId = deps.newId();
    const complete = rehearsalOf(operationId, record, body);
    const facts = await deps.gather(record, complete);
    const only = rehearsalSample(planRestore(complete, facts, digestOf).restores, body.indices);
    const request = { ...complete, only };
    const plan = planRestore(request, facts, digestOf);
    if (plan.blockers.length > 0) throw restoreBlocked(plan);
    const planned = { record, request, plan };
    const task = restoreTask(planned, { rollback: true, restoreTemplates: false, safetyBackupId: undefined });
    deps.enqueue(await openRestore(deps.history, { operationId, planned, task, reason: body.reason }, context));
    deps.announce([body.backupId]);
    return { operationId, warnings: plan.warnings };
  };

const rehearsalOf = (
  operationId: string,
  { parts }: BackupRecord,
  { acceptDiskShort }: RehearseRequest,
): RestoreRequest => ({
  rename: rehearsalRename(
    operationId,
    parts.flatMap(({ indices }) => indices),
  ),
  deleteExisting: false,
  acceptVersion: undefined,
  acceptDiskShort,
  only: undefined,
  copy: true,
  deleteUnknown: [],
  keepUnknown: [],
});
