import type { RestoreHistory } from '@tandem/history/restores-port.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { AcceptedRestore, RestoreRequest } from '@tandem/shared/contract/restores.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure.ts';
import type { RequestedBackup, RequestOptions } from '../backups/request-backup.ts';
import type { RequestContext } from '../http/route.ts';
import type { Planned } from './make-plan.ts';
import { openRestore, restoreTask } from './open-restore.ts';
import type { RecentPlans } from './recent-plans.ts';
import { planChanged, requireConfirmed, restoreBlocked } from './refused-restore.ts';
import { noWayBack, requireSaved } from './way-back.ts';

export type RequestRestore = {
  readonly makePlan: (asked: RestoreRequest, context: RequestContext) => Promise<Planned>;
  readonly plans: RecentPlans;
  readonly requestBackup: (id: string, context: RequestContext, options: RequestOptions) => Promise<RequestedBackup>;
  readonly history: Pick<RestoreHistory, 'requestRestore' | 'stopRestore'>;
  readonly indexPrefix: string;
  readonly newId: () => string;
  readonly newBackupId: () => string;
  readonly enqueue: (job: OperationJob) => void;
  readonly announce: (backupIds: readonly string[]) => void;
};

/**
 * Has exactly that restore run which was planned under the hash. RESTORE_NOT_CONFIRMED, PLAN_CHANGED, RESTORE_BLOCKED, RESTORE_UNSAFE,
 * BACKUP_BUSY, RESTORE_RUNNING, what `makePlan` rejects with; and where the safety backup was refused, what `requestBackup` rejects with:
 * the restore was stopped then, before it did anything.
 */
export const requestRestore =
  (deps: RequestRestore) =>
  async (asked: RestoreRequest, context: RequestContext): Promise<AcceptedRestore> => {
    requireConfirmed(asked);
    const planned = await deps.makePlan(asked, context);
    const { plan } = planned;
    if (plan.planHash !== asked.planHash) throw planChanged(deps.plans.find(asked.planHash), planned);
    if (plan.blockers.length > 0) throw restoreBlocked(plan);
    const safetyBackupId = safetyIdOf(deps, asked, planned);
    const { rollBack, restoreTemplates, reason } = asked;
    const task = restoreTask(planned, { rollBack, restoreTemplates, safetyBackupId });
    const operationId = deps.newId();
    const job = await openRestore(deps.history, { operationId, planned, task, reason }, context);
    if (safetyBackupId !== undefined) await saveFirst(deps, { safetyBackupId, operationId, asked }, context);
    deps.enqueue(job);
    deps.announce([asked.backupId]);
    const isLost = plan.deletes.length > 0 && safetyBackupId === undefined;
    const warnings = isLost ? [...plan.warnings, noWayBack(plan)] : plan.warnings;
    return { id: operationId, state: 'QUEUED', safetyBackupId: safetyBackupId ?? null, warnings };
  };

/** Undefined: nothing is deleted, or it was asked to be without. */
const safetyIdOf = (
  { indexPrefix, newBackupId }: RequestRestore,
  { safetyBackup }: RestoreRequest,
  { plan }: Planned,
): string | undefined => {
  if (!safetyBackup || plan.deletes.length === 0) return undefined;
  requireSaved(plan, indexPrefix);
  return `before-restore-${newBackupId()}`;
};

type Safety = { readonly safetyBackupId: string; readonly operationId: string; readonly asked: RestoreRequest };

/** The worker deletes nothing before this backup is COMPLETED; where there will be none, the restore need not wait for it. */
const saveFirst = async (
  deps: RequestRestore,
  { safetyBackupId, operationId, asked }: Safety,
  context: RequestContext,
): Promise<void> => {
  const reason = `safety backup before restore ${operationId} of backup ${asked.backupId}`;
  try {
    await deps.requestBackup(safetyBackupId, context, { reason, safetyOf: operationId });
  } catch (error) {
    const { actor, requestId } = context;
    const why = `The safety backup ${safetyBackupId} could not be requested`;
    const stopped = await deps.history.stopRestore(operationId, { actor, requestId, reason: `${why}.` });
    if (stopped.done) deps.enqueue(stopped.due);
    deps.announce([asked.backupId]);
    if (!isFailure(error)) throw error;
    throw fail(
      error.code,
      `${why}: ${error.message} Restore ${operationId} was stopped, and nothing was deleted.`,
      { ...error.data, restoreId: operationId },
      error,
    );
  }
};
