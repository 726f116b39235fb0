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
 * Has a backup restored beside the real indices, compared and taken away again. REQUEST_INVALID: an index that it does not hold.
 * RESTORE_BLOCKED, also where an operation of the backup is open; BACKUP_BUSY where one was faster; BACKUP_NOT_FOUND, HISTORY_UNREACHABLE, and what the engine rejects with.
 */
export const rehearseBackup =
  (deps: RehearseBackup) =>
  async (asked: RehearseRequest, context: RequestContext): Promise<AcceptedRehearsal> => {
    const { record } = await deps.findRecord(asked.backupId, context);
    const operationId = deps.newId();
    const whole = rehearsalOf(operationId, record, asked);
    const facts = await deps.gather(record, whole);
    const only = rehearsalSample(planRestore(whole, facts, digestOf).restores, asked.indices);
    const request = { ...whole, only };
    const plan = planRestore(request, facts, digestOf);
    if (plan.blockers.length > 0) throw restoreBlocked(plan);
    const planned = { record, request, plan };
    const task = restoreTask(planned, { rollback: true, restoreTemplates: false, safetyBackupId: undefined });
    deps.enqueue(await openRestore(deps.history, { operationId, planned, task, reason: asked.reason }, context));
    deps.announce([asked.backupId]);
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
