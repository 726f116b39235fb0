import type { ExportHistory } from '../export-port.ts';
import type { History } from '../port.ts';

export type HistoryUnderTest = {
  readonly history: History;
  /** Of the same history. */
  readonly exports: Omit<ExportHistory, 'close'>;
  /** Lets time pass for what is in the history, without waiting. */
  advance(ms: number): Promise<void>;
};

export type MakeHistory = () => Promise<HistoryUnderTest>;
