import type { ExportHistory } from '../ports/exports.ts';
import type { History } from '../ports/history.ts';

export type HistoryUnderTest = {
  readonly history: History;
  /** Of the same history. */
  readonly exports: Omit<ExportHistory, 'close'>;
  /** Lets time pass for what is in the history, without waiting. */
  advance(ms: number): Promise<void>;
};

export type MakeHistory = () => Promise<HistoryUnderTest>;
