import type { PlanHistory } from '@tandem/history/ports/plans.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { findPlan, keepPlan } from '@tandem/planning/plan/stored-plans.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import { type AcceptedRestore, PlanRequest, type RestoreRequest } from '@tandem/shared/contract/restores.ts';
import { asStored } from '@tandem/shared/domain/history/stored-names.ts';
import { indicesToSave, safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import type { RequestContext } from '../http/route.ts';
import type { ListedPlanned, Planned } from './make-plan.ts';
import { openRestore, restoreTask, type TaskChoices } from './open-restore.ts';
import { planChanged, requireConfirmed, restoreBlocked } from './refused-restore.ts';
import { noWayBack, requireAccepted } from './way-back.ts';

export type RequestRestore = {
  readonly makePlan: (body: RestoreRequest, context: RequestContext) => Promise<ListedPlanned>;
  readonly history: Pick<RestoreHistory, 'requestRestore'> & PlanHistory;
  /** The repository of safety backups. Undefined: none is configured, so each uses the repository of the backup that is restored. */
  readonly repository: string | undefined;
  readonly newId: () => string;
  readonly enqueue: (job: OperationJob) => void;
  readonly announce: (backupIds: readonly string[]) => void;
};

/**
 * Requests exactly the restore that was planned with that hash. With an idempotency key the response is stored in the accepting statement.
 * RESTORE_NOT_CONFIRMED, PLAN_CHANGED, RESTORE_BLOCKED, RESTORE_UNSAFE, BACKUP_BUSY, RESTORE_RUNNING, and as `makePlan` rejects.
 */
export const requestRestore =
  (deps: RequestRestore) =>
  async (body: RestoreRequest, context: RequestContext, key?: string): Promise<AcceptedRestore> => {
    requireConfirmed(body);
    const planned = await deps.makePlan(body, context);
    const { plan } = planned;
    if (plan.planHash !== body.planHash) throw planChanged(await findPlan(deps.history, body.planHash), planned);
    if (plan.blockers.length > 0) throw restoreBlocked(plan);
    const operationId = deps.newId();
    const safety = safetyOf(deps, body, planned, operationId);
    const { rollback, restoreTemplates, reason } = body;
    const task = restoreTask(planned, { rollback, restoreTemplates, ...safety });
    const answer = answerOf(operationId, plan, safety.safetyBackupId);
    const idempotency = key === undefined ? {} : { idempotency: { key, answer: asStored('acceptedRestore', answer) } };
    await keepReviewed(deps.history, body, planned);
    const job = await openRestore(deps.history, { operationId, planned, task, reason, ...idempotency }, context);
    deps.enqueue(job);
    deps.announce([body.backupId]);
    return answer;
  };

/** So that it can be read in years: the plan may have expired or given way to others, and come back with the same hash. */
const keepReviewed = async (history: PlanHistory, body: RestoreRequest, planned: ListedPlanned): Promise<void> => {
  if ((await history.findPlan(body.planHash)) !== undefined) return;
  const { request, plan, keep } = planned;
  await keepPlan(history, { request, plan, keep, sent: planFieldsOf(body) });
};

const planFieldsOf = (body: RestoreRequest): object =>
  Object.fromEntries(Object.entries(body).filter(([field]) => field in PlanRequest.shape));

const answerOf = (operationId: string, plan: Planned['plan'], safetyBackupId: string | undefined): AcceptedRestore => {
  const isLost = plan.deletes.length > 0 && safetyBackupId === undefined;
  const warnings = isLost ? [...plan.warnings, noWayBack(plan)] : plan.warnings;
  return { operationId, state: 'QUEUED', safetyBackupId: safetyBackupId ?? null, warnings };
};

/** The safety backup that the worker takes after its preflight. None if no deleted index is to be saved. */
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
