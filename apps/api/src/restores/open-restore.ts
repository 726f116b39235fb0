import type { DueOperation } from '@tandem/history/ports/ledger.ts';
import type { NewRestoreOperation, RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { PLAN_HASH_VERSION } from '@tandem/shared/domain/restore/plan/restore-plan-hash.ts';
import { newRestoreDetail, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { RequestContext } from '../http/route.ts';
import type { Planned } from './make-plan.ts';
import { notAccepted } from './refused-restore.ts';

export type TaskChoices = Pick<RestoreTask, 'rollback' | 'restoreTemplates' | 'safetyBackupId' | 'safetyRepository'>;

/** A part without requested indices is left out: an empty list would mean all of them. */
export const restoreTask = ({ request, plan }: Omit<Planned, 'record'>, choices: TaskChoices): RestoreTask => ({
  ...request,
  ...choices,
  inPlace: request.rename === undefined,
  clusterUuid: plan.clusterUuid,
  parts: plan.parts
    .map((part) => ({ ...part, indices: indicesOf(plan.restores, part.number) }))
    .filter(({ indices }) => indices.length > 0),
  deletes: plan.deletes,
  notRestored: plan.notRestored,
  planHash: plan.planHash,
  hashVersion: PLAN_HASH_VERSION,
  bytes: plan.bytes ?? undefined,
});

const indicesOf = (restores: Planned['plan']['restores'], number: number) =>
  restores.filter(({ part }) => part === number).map(({ index, as }) => ({ index, as }));

export type NewRestore = {
  readonly operationId: string;
  readonly planned: Planned;
  readonly task: RestoreTask;
  readonly reason: string | undefined;
  readonly idempotency?: NewRestoreOperation['idempotency'];
};

/** Records the restore; it starts once it is queued. BACKUP_BUSY, RESTORE_RUNNING, BACKUP_DELETED, HISTORY_UNREACHABLE. */
export const openRestore = async (
  history: Pick<RestoreHistory, 'requestRestore'>,
  { operationId, planned, task, reason, idempotency }: NewRestore,
  { actor, requestId }: RequestContext,
): Promise<DueOperation> => {
  const event: NewEvent = {
    kind: task.copy ? 'rehearsal.requested' : 'restore.requested',
    actor,
    source: 'api',
    requestId,
    ...omitUndefined({ reason }),
    after: summary(operationId, planned, task),
  };
  const requested = await history.requestRestore({
    operationId,
    kind: task.copy ? 'rehearse' : 'restore',
    backupKey: planned.record.key,
    clusterUuid: task.clusterUuid,
    requestId,
    actor,
    detail: newRestoreDetail(task, reason),
    events: [event],
    ...omitUndefined({ planHash: task.copy ? undefined : task.planHash }),
    ...omitUndefined({ idempotency }),
  });
  if (!requested.accepted) throw notAccepted(planned.record.backupId, requested);
  return { operationId, revision: requested.revision };
};

/** The payload of the event that records the request. */
const summary = (operationId: string, { plan }: Planned, task: RestoreTask) => ({
  operationId,
  planHash: task.planHash,
  clusterUuid: task.clusterUuid,
  target: task.rename === undefined ? 'in place' : task.rename,
  indices: plan.restores.length,
  ...(task.notRestored.length === 0 ? {} : { notRestored: task.notRestored }),
  ...(task.copy
    ? { only: task.only ?? 'all' }
    : {
        deleteExisting: task.deleteExisting,
        deletes: task.deletes.length,
        ...(task.deleteUnknown.length === 0 ? {} : { deleteUnknown: task.deleteUnknown }),
        ...(task.keepUnknown.length === 0 ? {} : { keepUnknown: task.keepUnknown }),
        safetyBackupId: task.safetyBackupId ?? null,
        acceptUnsaved: task.acceptUnsaved ?? [],
        wayBack: task.deletes.length === 0 || task.safetyBackupId !== undefined,
        acceptVersion: task.acceptVersion ?? null,
        acceptFailedRehearsal: task.acceptFailedRehearsal === true,
        dropAllocation: task.dropAllocation === true,
        // as stored: domain/history/stored-names.ts
        rollBack: task.rollback,
        restoreTemplates: task.restoreTemplates,
      }),
});
