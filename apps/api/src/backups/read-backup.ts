import type { SearchEngine } from '@tandem/engine/port.ts';
import type { Backup, Progress } from '@tandem/shared/contract/backups.ts';
import type { BackupRecord, BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../http/route.ts';
import { backupAnswer } from './backup-answer.ts';
import { readBackupProgress } from './backup-progress.ts';
import { type FindRecord, findRecord } from './find-record.ts';

export type ReadBackup = FindRecord & { readonly engine: SearchEngine };

/**
 * A backup whole: the newest incarnation that is not deleted, else the newest that is. The state is the fold as it is now; where what
 * it depends on does not answer, the last known one, and `stateSeenAt` says when that was. Rejects as `findRecord`.
 */
export const readBackup =
  (deps: ReadBackup) =>
  async (backupId: string, context: RequestContext): Promise<Backup> => {
    const { record, state, asOf } = await findRecord(deps)(backupId, context);
    return backupAnswer(record, state, await progressOf(deps, record, state), asOf);
  };

/** What the engine tells of a running part; nothing where it does not answer, since the rest can be told without it. */
export const progressOf = async (
  deps: ReadBackup,
  record: BackupRecord,
  state: BackupState,
): Promise<Progress | undefined> => {
  if (state !== 'IN_PROGRESS') return undefined;
  try {
    return await readBackupProgress(deps.engine, record, deps.now());
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
};
