import type { SealHistory } from '@tandem/history/ports/seals.ts';
import type { SealSearch } from '@tandem/shared/contract/seals.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';

const LIST = { seals: true };

/** Oldest first. CURSOR_INVALID, HISTORY_UNREACHABLE. */
export const listSeals = async (history: Pick<SealHistory, 'sealsAfter'>, { cursor, limit }: SealSearch) => {
  const after = cursor === undefined ? 0 : Number(readCursor(cursor, LIST));
  const found = await history.sealsAfter(after, limit + 1);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : writeCursor(String(last.number), LIST) };
};
