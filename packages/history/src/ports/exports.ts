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
  /** Complete lines, without the last line feed; empty: no row of the page matches. */
  readonly text: string;
  /** The id to resume after; undefined: the span is complete. */
  readonly next: string | undefined;
};

/** The maximum number of rows that a page reads. */
export const EXPORT_ROWS = 5_000;

/**
 * The history as lines of text: of NDJSON, an object each (contract/exports.ts), or of CSV (csv-cell.ts) with its columns in that order. All
 * methods reject with HISTORY_UNREACHABLE, QUERY_TOO_LONG, or the reason that the signal was aborted with; the statement in PostgreSQL is
 * cancelled then.
 */
export interface ExportHistory {
  /**
   * The ids that match the filter now. Ids are assigned before they are committed, so it waits for writers that had begun: nothing appears in
   * the span after it was returned. HISTORY_UNREACHABLE if they take longer than the time-out of a search.
   */
  exportSpan(exported: Exported, signal: AbortSignal): Promise<ExportSpan>;

  /**
   * The first lines of a span, at most EXPORT_ROWS rows or a few megabytes. Each page is a statement of its own: a backup is shown as it is when
   * its page is read; events never change.
   */
  exportPage(exported: Exported, format: ExportFormat, span: ExportSpan, signal: AbortSignal): Promise<ExportPage>;

  /** Closes the connections of exports, once the calls under way have ended. No method may be called afterwards. */
  close(): Promise<void>;
}
