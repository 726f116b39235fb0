import type { DueOperation } from '@tandem/history/ports/ledger.ts';
import type { NewRestoreOperation, RestoreHistory } from '@tandem/history/ports/restores.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { PLAN_HASH_VERSION } from '@tandem/shared/domain/restore/plan/restore-plan-hash.ts';
import { newRestoreDetail, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { restoreParts, selectionOf } from '@tandem/shared/domain/restore/run/restore-parts.ts';
import { MAX_REPORTED, restoredSelection } from '@tandem/shared/domain/restore/run/restored-selection.ts';
import type { RequestContext } from '../http/route.ts';
import type { Planned } from './make-plan.ts';
import { notAccepted } from './refused-restore.ts';

export type TaskChoices = Pick<RestoreTask, 'rollback' | 'restoreTemplates' | 'safetyBackupId' | 'safetyRepository'>;

export const restoreTask = ({ request, plan }: Omit<Planned, 'record'>, choices: TaskChoices): RestoreTask => ({
  ...request,
  ...choices,
  inPlace: request.rename === undefined,
  clusterUuid: plan.clusterUuid,
  parts: restoreParts(plan),
  deletes: plan.deletes,
  notRestored: plan.notRestored,
  ...selectionOf(plan),
  planHash: plan.planHash,
  hashVersion: PLAN_HASH_VERSION,
  bytes: plan.bytes ?? undefined,
});

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

/** Empty: the restore is of all indices. */
const chosen = (task: RestoreTask) =>
  task.only === undefined
    ? {}
    : {
        chosen: restoredSelection(task) ?? cutList('indices', task.only, { max: MAX_REPORTED }),
        acceptInconsistent: task.acceptInconsistent === true,
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
        ...chosen(task),
        deleteExisting: task.deleteExisting,
        deletes: task.deletes.length,
        ...(task.deleteUnknown.length === 0 ? {} : { deleteUnknown: task.deleteUnknown }),
        ...(task.keepUnknown.length === 0 ? {} : { keepUnknown: task.keepUnknown }),
        safetyBackupId: task.safetyBackupId ?? null,
        acceptUnsaved: task.acceptUnsaved ?? [],
        wayBack: task.deletes.length === 0 || task.safetyBackupId !== undefined,
        acceptVersion: task.acceptVersion ?? null,
        acceptFailedRehearsal: task.acceptFailedRehearsal === true,
        ...(task.acceptUnknownVersions === true ? { acceptUnknownVersions: true } : {}),
        dropAllocation: task.dropAllocation === true,
        // as stored: domain/history/stored-names.ts
        rollBack: task.rollback,
        restoreTemplates: task.restoreTemplates,
      }),
});
