import type { History } from '@tandem/history/ports/history.ts';
import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { Backup } from '@tandem/shared/contract/backups.ts';
import type { BackupRecord, Location } from '@tandem/shared/domain/backup/backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../http/route.ts';
import { heldFailure } from '../labels/hold-answer.ts';
import { findOperation } from '../operations/operate.ts';
import { suspendedFailure } from '../operations/suspended-failure.ts';

export type DeleteBackup = {
  readonly history: History;
  /** First records a set that exists only in the engine. BACKUP_NOT_FOUND. */
  readonly readBackup: (backupId: string, context: RequestContext) => Promise<Backup>;
  /** The configured location of backups, as last read; the incarnation there takes precedence. */
  readonly location: () => Location | undefined;
  readonly enqueue: (job: OperationJob) => void;
  readonly announce: (backupIds: readonly string[]) => void;
  readonly newId: () => string;
};

export type DeleteCommand = {
  readonly backupId: string;
  readonly reason: string;
  /** Whether a set that Tandem did not make may be deleted; a function is asked about that set. */
  readonly deleteDiscovered: boolean | ((record: BackupRecord) => Promise<boolean>);
  readonly confirm?: string | undefined;
};

/**
 * Opens the deletion of a backup, or returns the one that is already open. Ends an open create. BACKUP_NOT_FOUND, BACKUP_DELETED,
 * BACKUP_HELD, BACKUP_BUSY, DISCOVERED_NOT_CONFIRMED, DELETE_NOT_CONFIRMED.
 */
export const deleteBackup =
  (deps: DeleteBackup) =>
  async (request: DeleteCommand, context: RequestContext): Promise<OperationRecord> => {
    const { backupId } = request;
    const record = await recordOf(deps, request, context);
    await requireConfirmed(deps, record, request.confirm);
    const command = { actor: context.actor, reason: request.reason, requestId: context.requestId };
    const deleteDiscovered = request.deleteDiscovered === true || record.origin === 'discovered';
    const deletion = { operationId: deps.newId(), keepBackup: false, onlyUnfinished: false, deleteDiscovered };
    const requested = await deps.history.requestDeletion(record.key, command, deletion);
    if (requested.accepted) {
      for (const job of requested.due) deps.enqueue(job);
      deps.announce([backupId]);
      return findOperation(deps, deletion.operationId);
    }
    if (requested.why === 'deleting' || requested.why === 'busy') {
      const { operationId } = requested;
      const open = await findOperation(deps, operationId);
      if (open.state === 'SUSPENDED') throw suspendedFailure(open);
      if (requested.why === 'deleting') return open;
      throw fail(
        'BACKUP_BUSY',
        `Operation ${operationId} uses the snapshots of backup ${backupId}: wait for its end, or cancel it.`,
        {
          backupId,
          operationId,
        },
      );
    }
    if (requested.why === 'held') throw heldFailure(backupId, requested.hold);
    throw fail('BACKUP_DELETED', `Backup ${backupId} has been deleted.`, { backupId });
  };

const recordOf = async (
  deps: DeleteBackup,
  { backupId, deleteDiscovered }: DeleteCommand,
  context: RequestContext,
): Promise<BackupRecord> => {
  const { deletedAt } = await deps.readBackup(backupId, context);
  const record = await deps.history.findBackup(backupId, deps.location());
  if (deletedAt !== null || record === undefined) {
    throw fail('BACKUP_DELETED', `Backup ${backupId} has been deleted.`, { backupId, deletedAt });
  }
  if (record.origin === 'discovered' && !(await mayDelete(deleteDiscovered, record))) {
    throw fail(
      'DISCOVERED_NOT_CONFIRMED',
      `Backup ${backupId} was not made by Tandem${deleteDiscovered === false ? '' : ', or its history was lost, and its snapshots do not show that the Optimize of this installation made it'}. To delete its snapshots anyway, send DELETE /api/v1/backups/${backupId} {"reason": "why", "deleteDiscovered": true}.`,
      { backupId, snapshots: record.parts.map(({ snapshotName }) => snapshotName) },
    );
  }
  return record;
};

const mayDelete = async (given: DeleteCommand['deleteDiscovered'], record: BackupRecord): Promise<boolean> =>
  typeof given === 'boolean' ? given : given(record);

/** Deleting a backup that disaster recovery would use requires the id as confirmation. */
const requireConfirmed = async (
  { history }: Pick<DeleteBackup, 'history'>,
  { key, backupId, location, indexPrefix }: BackupRecord,
  confirm: string | undefined,
): Promise<void> => {
  if (confirm === backupId) return;
  const { completed, proven } = await history.newestBackups(location.clusterUuid, indexPrefix);
  const titles = [
    ...(completed === key ? ['the newest COMPLETED one'] : []),
    ...(proven === key ? ['the newest with a full proof'] : []),
  ];
  if (titles.length === 0) return;
  const found = confirm === undefined ? 'it is missing' : `found ${JSON.stringify(confirm)}`;
  throw fail(
    'DELETE_NOT_CONFIRMED',
    `Backup ${backupId} is ${titles.join(' and ')} of this installation. confirm must be its id; ${found}. To delete the backup anyway, send "confirm": ${JSON.stringify(backupId)}.`,
    { field: 'confirm', found: confirm ?? null, backupId },
  );
};
