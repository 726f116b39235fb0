import { type HistoryMark, markText, readMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import type { MarkStore } from '../marks-port.ts';

/** Within one process. `fields` are what Redis would hold. */
export const inMemoryMarks = (fields: Map<string, string> = new Map()): MarkStore => ({
  async keep(mark: HistoryMark) {
    fields.set(`${mark.historyId}/${mark.epoch}`, markText(mark));
  },
  async read() {
    return [...fields.values()].flatMap((text) => readMark(text) ?? []);
  },
  async close() {
    // nothing is open
  },
});
