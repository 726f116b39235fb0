import type { BackupRecord, BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { type Failure, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../../http/route.ts';
import { type ReadBackupState, readStateNow, type StateNow } from './read-backup-state.ts';

export type FindRecord = ReadBackupState;

export type FoundRecord = {
  readonly record: BackupRecord;
  /** The current fold; if it cannot be determined, the last known state. */
  readonly state: BackupState;
  /** Set if the current state could not be determined: when `state` was last seen. */
  readonly asOf: Date | undefined;
};

/**
 * Returns the newest incarnation of an id that is not deleted, otherwise the newest deleted one. First records a set that exists only in
 * the repository. BACKUP_NOT_FOUND, HISTORY_UNREACHABLE. If the history does not know the id, also rejects as the engine does, because
 * without the engine it is unknown whether such a set exists.
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

type Reading = (StateNow & { readonly unverified?: never }) | { readonly state?: never; readonly unverified: Failure };

/** Records discovered sets before it resolves. `unverified`: why the state cannot be determined, including that there is no such backup. */
const stateNow = async (deps: FindRecord, backupId: string, context: RequestContext): Promise<Reading> => {
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
