import type { SearchEngine } from '@tandem/engine/port.ts';
import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { isOfOwnOptimize } from '@tandem/shared/domain/reconciliation/set-installation.ts';
import type { RequestContext } from '../../http/route.ts';
import { configuredRepository } from '../../repositories/configured-repository.ts';
import type { DeleteCommand } from '../delete-backup.ts';
import type { EngineFacts } from '../read/engine-facts.ts';

export type DeleteNumberedBackup = {
  readonly repository: string | undefined;
  readonly indexPrefix: string;
  readonly engine: Pick<SearchEngine, 'findSnapshots'>;
  readonly facts: Pick<EngineFacts, 'freshLocation'>;
  readonly deleteBackup: (command: DeleteCommand, context: RequestContext) => Promise<OperationRecord>;
};

/** For the history: the endpoint takes no reason. */
const REASON = 'DELETE /actuator/backups';

/**
 * Opens the deletion of a backup, or joins the open one. Undefined: no backup has the id. Its id in the path is all the confirmation that Optimize
 * knows, also for a set that the Optimize of this installation made before Tandem took over (docs/decisions/0044). REPOSITORY_NOT_CONFIGURED, BACKUP_HELD, BACKUP_BUSY, DISCOVERED_NOT_CONFIRMED, HISTORY_UNREACHABLE, and as the engine rejects.
 */
export const deleteNumberedBackup =
  ({ repository, indexPrefix, engine, facts, deleteBackup }: DeleteNumberedBackup) =>
  async (backupId: string, context: RequestContext): Promise<OperationRecord | undefined> => {
    await facts.freshLocation(configuredRepository(repository));
    const deleteDiscovered = async (record: BackupRecord): Promise<boolean> => {
      const names = record.parts.map(({ snapshotName }) => snapshotName);
      const snapshots = await engine.findSnapshots(record.location.repository, names);
      const indices = record.parts.flatMap((part) => part.indices);
      return isOfOwnOptimize(indexPrefix, { indexPrefix: record.indexPrefix, indices, snapshots });
    };
    try {
      const command = { backupId, reason: REASON, deleteDiscovered, confirm: backupId };
      return await deleteBackup(command, context);
    } catch (error) {
      if (isFailure(error, 'BACKUP_NOT_FOUND', 'BACKUP_DELETED')) return undefined;
      throw error;
    }
  };
