import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import { readManifests } from '@tandem/planning/manifests/read-manifests.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { runbook } from '@tandem/shared/domain/restore/runbook.ts';
import type { FoundRecord } from '../backups/read/find-record.ts';
import type { RequestContext } from '../http/route.ts';

export type ReadRunbook = {
  readonly findRecord: (backupId: string, context: RequestContext) => Promise<FoundRecord>;
  readonly history: Pick<RestoreHistory, 'keepContents' | 'readContents'>;
};

/** Instructions for restoring a backup without Tandem. BACKUP_NOT_FOUND, BACKUP_DELETED, HISTORY_UNREACHABLE; rejects as `findRecord`. */
export const readRunbook =
  ({ findRecord, history }: ReadRunbook) =>
  async (backupId: string, context: RequestContext): Promise<string> => {
    const { record, state } = await findRecord(backupId, context);
    if (record.deletedAt !== undefined) {
      const at = record.deletedAt.toISOString();
      throw fail('BACKUP_DELETED', `Backup ${backupId} was deleted at ${at}: there is nothing to restore.`, {
        backupId,
        deletedAt: at,
      });
    }
    const { byPart } = await readManifests(history, record.parts);
    return runbook({ ...record, state }, byPart);
  };
