import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { AcceptedRestore, RestoreRequest } from '@tandem/shared/contract/restores.ts';
import { asStored } from '@tandem/shared/domain/history/stored-names.ts';
import { indicesToSave, safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import type { RequestContext } from '../http/route.ts';
import type { Planned } from './make-plan.ts';
import { openRestore, restoreTask, type TaskChoices } from './open-restore.ts';
import type { RecentPlans } from './recent-plans.ts';
import { planChanged, requireConfirmed, restoreBlocked } from './refused-restore.ts';
import { noWayBack, requireAccepted } from './way-back.ts';

export type RequestRestore = {
  readonly makePlan: (asked: RestoreRequest, context: RequestContext) => Promise<Planned>;
  readonly plans: RecentPlans;
  readonly history: Pick<RestoreHistory, 'requestRestore'>;
  /** Where safety backups are taken; undefined: none is configured, and each goes to the repository of its restore's backup. */
  readonly repository: string | undefined;
  readonly newId: () => string;
  readonly enqueue: (job: OperationJob) => void;
  readonly announce: (backupIds: readonly string[]) => void;
};

/**
 * Has exactly that restore run which was planned under the hash. With an idempotency key the answer is kept in the accepting statement. RESTORE_NOT_CONFIRMED, PLAN_CHANGED, RESTORE_BLOCKED, RESTORE_UNSAFE,
 * BACKUP_BUSY, RESTORE_RUNNING, what `makePlan` rejects with.
 */
export const requestRestore =
  (deps: RequestRestore) =>
  async (asked: RestoreRequest, context: RequestContext, key?: string): Promise<AcceptedRestore> => {
    requireConfirmed(asked);
    const planned = await deps.makePlan(asked, context);
    const { plan } = planned;
    if (plan.planHash !== asked.planHash) throw planChanged(deps.plans.find(asked.planHash), planned);
    if (plan.blockers.length > 0) throw restoreBlocked(plan);
    const operationId = deps.newId();
    const safety = safetyOf(deps, asked, planned, operationId);
    const { rollback, restoreTemplates, reason } = asked;
    const task = restoreTask(planned, { rollback, restoreTemplates, ...safety });
    const answer = answerOf(operationId, plan, safety.safetyBackupId);
    const idempotency = key === undefined ? {} : { idempotency: { key, answer: asStored('acceptedRestore', answer) } };
    const job = await openRestore(deps.history, { operationId, planned, task, reason, ...idempotency }, context);
    deps.enqueue(job);
    deps.announce([asked.backupId]);
    return answer;
  };

const answerOf = (operationId: string, plan: Planned['plan'], safetyBackupId: string | undefined): AcceptedRestore => {
  const isLost = plan.deletes.length > 0 && safetyBackupId === undefined;
  const warnings = isLost ? [...plan.warnings, noWayBack(plan)] : plan.warnings;
  return { operationId, state: 'QUEUED', safetyBackupId: safetyBackupId ?? null, warnings };
};

/** The worker takes it, after its preflight. None where nothing that is deleted is to be saved. */
const safetyOf = (
  { repository }: RequestRestore,
  { safetyBackup }: RestoreRequest,
  { plan, request }: Planned,
  operationId: string,
): Pick<TaskChoices, 'safetyBackupId' | 'safetyRepository'> => {
  const toSave = indicesToSave(plan.deletes, request.acceptUnsaved);
  if (!safetyBackup) requireAccepted(toSave);
  if (toSave.length === 0) return { safetyBackupId: undefined };
  return { safetyBackupId: safetyBackupIdOf(operationId), safetyRepository: repository ?? plan.repository };
};
