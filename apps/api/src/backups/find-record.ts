import type { BackupRecord, BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../http/route.ts';
import { type ReadBackupState, readStateNow, type StateNow } from './read-backup-state.ts';

export type FindRecord = ReadBackupState;

export type FoundRecord = {
  readonly record: BackupRecord;
  /** The fold as it is now; where it cannot be told, the last known one. */
  readonly state: BackupState;
  /** It could not be told now, and is as it was last seen then. */
  readonly asOf: Date | undefined;
};

/**
 * The newest incarnation of an id that is not deleted, else the newest that is; a set that only the repository knows is taken into the
 * history first. BACKUP_NOT_FOUND, HISTORY_UNREACHABLE, and what the engine rejects with where the history does not know the id: nobody
 * can tell then whether there is such a set.
 */
export const findRecord =
  (deps: FindRecord) =>
  async (backupId: string, context: RequestContext): Promise<FoundRecord> => {
    const now = await stateNow(deps, backupId, context);
    const location = deps.repository === undefined ? undefined : deps.facts.lastLocation(deps.repository);
    const record = await deps.history.findBackupWithDeleted(backupId, location);
    if (record === undefined)
      throw now.unverified ?? fail('BACKUP_NOT_FOUND', `No backup has the id ${backupId}.`, { backupId });
    if (record.deletedAt !== undefined) return { record, state: record.state, asOf: undefined };
    if (now.state === undefined) return { record, state: record.state, asOf: record.stateSeenAt };
    return { record, state: now.state, asOf: now.asOf };
  };

type Told = (StateNow & { readonly unverified?: never }) | { readonly state?: never; readonly unverified: Failure };

/** Sets that are discovered by it are taken in before it resolves. `unverified`: why it cannot be told now; also that there is none. */
const stateNow = async (deps: FindRecord, backupId: string, context: RequestContext): Promise<Told> => {
  const tasks: Promise<unknown>[] = [];
  const afterAnswer: ReadBackupState['afterAnswer'] = (_what, task) => void tasks.push(task());
  try {
    const now = await readStateNow({ ...deps, afterAnswer })(backupId, context);
    await Promise.all(tasks);
    return now;
  } catch (error) {
    if (isFailure(error) && error.code !== 'HISTORY_UNREACHABLE') return { unverified: error };
    throw error;
  }
};
