import type { HistoryMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';

/** Keeps marks of histories where a dump of PostgreSQL does not reach: one for each history and epoch. */
export interface MarkStore {
  /** Replaces the mark of the same history and epoch. Rejects within the adapter's time-out when Redis does not answer. */
  keep(mark: HistoryMark): Promise<void>;
  /** Of every history and epoch; what is not a mark is ignored. Rejects within the time-out when Redis does not answer. */
  read(): Promise<readonly HistoryMark[]>;
  /** Bounded, also while Redis is away. */
  close(): Promise<void>;
}
