import type { Hold, Labels } from '@tandem/shared/domain/backup/hold.ts';
import type { Command } from './events.ts';

/* What people write beside a backup. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

/** What is not given stays as it is. */
export type Annotation = {
  /** Added to those that there are; null takes one away. */
  readonly labels?: Readonly<Record<string, string | null>>;
  /** null: none. */
  readonly note?: string | null;
  /** null releases; `until` undefined: until then. */
  readonly hold?: { readonly reason: string; readonly until: Date | undefined } | null;
};

export type Annotated =
  | { readonly done: true; readonly labels: Labels; readonly note: string | undefined; readonly hold: Hold | undefined }
  /** `labels`: there would be so many, which is more than MAX_LABELS. `deleted`: nothing is left to hold. */
  | { readonly done: false; readonly why: 'unknown' | 'deleted' }
  | { readonly done: false; readonly why: 'labels'; readonly count: number }
  /** The hold would have ended before it began: that is the database's time. */
  | { readonly done: false; readonly why: 'past'; readonly now: Date }
  /** That deletion is open: what it takes cannot be held any more. */
  | { readonly done: false; readonly why: 'deleting'; readonly operationId: string };

export interface LabelHistory {
  /**
   * Changes labels, note and hold of a backup, deleted or not: all of it or nothing. Writes the events `backup.labelled`, and `backup.held` or
   * `backup.released`, for what changed. Of a hold and a deletion at the same time exactly one succeeds.
   */
  annotate(backupKey: string, asked: Command, annotation: Annotation): Promise<Annotated>;
}
