import type { BackupFilter } from '@tandem/shared/domain/history/backup-search.ts';
import type { EventFilter } from './search.ts';

export type ExportFormat = 'ndjson' | 'csv';

/** What is exported: events in the order of their ids, or backups in the order of their keys. */
export type Exported =
  | { readonly of: 'events'; readonly filter: EventFilter }
  | { readonly of: 'backups'; readonly filter: BackupFilter };

/** Ids beyond `after`, up to `upTo` and with it. Decimal digits. */
export type ExportSpan = { readonly after: string; readonly upTo: string };

export type ExportPage = {
  /** Whole lines, without the end of the last one; empty: nothing of the page fits. */
  readonly text: string;
  /** Where the span goes on; undefined: that was all of it. */
  readonly next: string | undefined;
};

/** A page looks at so many rows at most. */
export const EXPORT_ROWS = 5_000;

/**
 * The history as lines of text: of NDJSON, an object each (contract/exports.ts), or of CSV (csv-cell.ts) with its columns in that order. All
 * methods reject with HISTORY_UNREACHABLE, QUERY_TOO_LONG, or whatever the signal was aborted with: what PostgreSQL was doing for them is
 * ended then.
 */
export interface ExportHistory {
  /**
   * The ids of what fits now. Ids are drawn before they are committed: those who were writing when it was asked are waited for, so that
   * nothing of the span appears after it was answered. Rejects with HISTORY_UNREACHABLE when they take longer than a search may.
   */
  exportSpan(exported: Exported, signal: AbortSignal): Promise<ExportSpan>;

  /**
   * The first lines of a span, of EXPORT_ROWS rows or a few megabytes at most. Each page is a statement of its own: a backup is told as it
   * is when its page is read; events never change.
   */
  exportPage(exported: Exported, format: ExportFormat, span: ExportSpan, signal: AbortSignal): Promise<ExportPage>;

  close(): Promise<void>;
}
