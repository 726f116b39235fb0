import type { RollbackHistory } from '@tandem/history/ports/rollback.ts';
import { sha256 } from '@tandem/planning/digest.ts';
import { type HistoryMark, markOf } from '@tandem/shared/domain/history/rollback/history-mark.ts';

/** For the metadata of a snapshot. Undefined while a rollback is open: the current history may not be the one that stays. */
export const historyMark = async (history: Pick<RollbackHistory, 'readLine'>): Promise<HistoryMark | undefined> => {
  const line = await history.readLine([]);
  return line.rollback === undefined ? markOf(sha256, line) : undefined;
};
