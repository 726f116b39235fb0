import type { SearchHistory } from '@tandem/history/ports/search.ts';
import type { BackupDetails } from '@tandem/shared/contract/audit.ts';
import { backupAnswer } from '../backups/read/backup-answer.ts';
import { findRecord } from '../backups/read/find-record.ts';
import { progressOf, type ReadBackup } from '../backups/read/read-backup.ts';
import type { RequestContext } from '../http/route.ts';
import { attemptAnswer } from '../operations/operation-answer.ts';
import { restoreAnswer } from '../restores/restore-answer.ts';
import { summaryAnswer } from './summary-answer.ts';

export type ReadBackupDetails = ReadBackup & { readonly history: Pick<SearchHistory, 'pastOf' | 'incarnationsOf'> };

/** As `readBackup`, with its operations, restores and other incarnations of its id. */
export const readBackupDetails =
  (deps: ReadBackupDetails) =>
  async (backupId: string, context: RequestContext): Promise<BackupDetails> => {
    const { record, state, asOf } = await findRecord(deps)(backupId, context);
    const [progress, past, incarnations] = await Promise.all([
      progressOf(deps, record, state),
      deps.history.pastOf(record.key),
      deps.history.incarnationsOf(record.backupId),
    ]);
    const restores = past.restores.map(restoreAnswer);
    return {
      ...backupAnswer(record, state, progress, asOf),
      attempts: past.attempts.map(({ operationId, kind, ...attempt }) => ({
        ...{ operationId, kind },
        ...attemptAnswer(attempt),
      })),
      restores: restores.filter(({ kind }) => kind === 'restore'),
      rehearsals: restores.filter(({ kind }) => kind === 'rehearse'),
      otherIncarnations: incarnations.filter(({ key }) => key !== record.key).map(summaryAnswer),
    };
  };
