import type { Hold, Labels } from '@tandem/shared/domain/backup/hold.ts';
import type { Command } from './events.ts';

/* Labels, notes and holds of backups. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

/** Absent fields stay unchanged. */
export type Annotation = {
  /** Added to the existing labels; null removes one. */
  readonly labels?: Readonly<Record<string, string | null>>;
  /** null: none. */
  readonly note?: string | null;
  /** null releases; `until` undefined: until then. `neverEarlier`: a hold that is in force must not end earlier than it would. */
  readonly hold?: { readonly reason: string; readonly until: Date | undefined; readonly neverEarlier?: boolean } | null;
};

export type Annotated =
  | { readonly done: true; readonly labels: Labels; readonly note: string | undefined; readonly hold: Hold | undefined }
  /** `labels`: it would have `count` labels, more than MAX_LABELS. `deleted`: it is deleted and cannot be held. */
  | { readonly done: false; readonly why: 'unknown' | 'deleted' }
  | { readonly done: false; readonly why: 'labels'; readonly count: number }
  /** The hold would end in the past, by the time `now` of the database. */
  | { readonly done: false; readonly why: 'past'; readonly now: Date }
  /** `neverEarlier`, and the hold that is in force would end earlier. */
  | { readonly done: false; readonly why: 'earlier' }
  /** That deletion is open, so the backup can no longer be held. */
  | { readonly done: false; readonly why: 'deleting'; readonly operationId: string };

export interface LabelHistory {
  /**
   * Changes labels, note and hold of a backup, deleted or not: all of it or nothing. Writes the events `backup.labelled`, and `backup.held` or
   * `backup.released`, for what changed. Of a hold and a deletion at the same time exactly one succeeds.
   */
  annotate(backupKey: string, command: Command, annotation: Annotation): Promise<Annotated>;
}
