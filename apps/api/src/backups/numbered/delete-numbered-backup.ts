import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../../http/route.ts';
import { configuredRepository } from '../../repositories/configured-repository.ts';
import type { DeleteCommand } from '../delete-backup.ts';
import type { EngineFacts } from '../read/engine-facts.ts';

export type DeleteNumberedBackup = {
  readonly repository: string | undefined;
  readonly facts: Pick<EngineFacts, 'freshLocation'>;
  readonly deleteBackup: (command: DeleteCommand, context: RequestContext) => Promise<OperationRecord>;
};

/** For the history: the endpoint takes no reason. */
const REASON = 'DELETE /actuator/backups';

/**
 * Opens the deletion of a backup, or joins the open one. Undefined: no backup has the id. Its id in the path is all the confirmation that Optimize
 * knows. REPOSITORY_NOT_CONFIGURED, BACKUP_HELD, BACKUP_BUSY, DISCOVERED_NOT_CONFIRMED, HISTORY_UNREACHABLE, and as the engine rejects.
 */
export const deleteNumberedBackup =
  ({ repository, facts, deleteBackup }: DeleteNumberedBackup) =>
  async (backupId: string, context: RequestContext): Promise<OperationRecord | undefined> => {
    await facts.freshLocation(configuredRepository(repository));
    try {
      const command = { backupId, reason: REASON, deleteDiscovered: false, confirm: backupId };
      return await deleteBackup(command, context);
    } catch (error) {
      if (isFailure(error, 'BACKUP_NOT_FOUND', 'BACKUP_DELETED')) return undefined;
      throw error;
    }
  };
