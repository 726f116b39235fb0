import type { SearchHistory } from '@tandem/history/ports/search.ts';
import type { FoundSnapshot } from '@tandem/shared/contract/audit.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { summaryAnswer } from './summary-answer.ts';

/** Finds the backup that contains a snapshot, by the snapshot's name. BACKUP_NOT_FOUND, HISTORY_UNREACHABLE. */
export const findSnapshot = async (
  { history }: { readonly history: Pick<SearchHistory, 'backupOfSnapshot'> },
  snapshotName: string,
): Promise<FoundSnapshot> => {
  const [backup, ...others] = await history.backupOfSnapshot(snapshotName);
  const part = backup?.parts.find((one) => one.snapshotName === snapshotName)?.number;
  if (backup === undefined || part === undefined) {
    throw fail('BACKUP_NOT_FOUND', `No backup in the history has a snapshot named ${snapshotName}.`, { snapshotName });
  }
  return { snapshotName, part, backup: summaryAnswer(backup), others: others.map(summaryAnswer) };
};
