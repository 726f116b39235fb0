import type { SearchEngine } from '@tandem/engine/port.ts';
import type { Backup, Progress } from '@tandem/shared/contract/backups.ts';
import type { BackupRecord, BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { RequestContext } from '../../http/route.ts';
import { backupAnswer } from './backup-answer.ts';
import { readBackupProgress } from './backup-progress.ts';
import { type FindRecord, findRecord } from './find-record.ts';

export type ReadBackup = FindRecord & { readonly engine: SearchEngine };

/**
 * A complete backup: the newest incarnation that is not deleted, otherwise the newest deleted one. The state is the current fold; if what
 * it depends on does not respond, it is the last known one, with `stateSeenAt`. Rejects as `findRecord`.
 */
export const readBackup =
  (deps: ReadBackup) =>
  async (backupId: string, context: RequestContext): Promise<Backup> => {
    const { record, state, asOf } = await findRecord(deps)(backupId, context);
    return backupAnswer(record, state, await progressOf(deps, record, state), asOf);
  };

/** The engine's progress of a running part; none if the engine does not respond, since the rest is known without it. */
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
