import type { ExportedBackup } from '@tandem/shared/contract/exported-backup.ts';
import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import type { IdSpans } from '@tandem/shared/domain/history/seal/id-spans.ts';
import type { SealHead } from '@tandem/shared/domain/history/seal/seal.ts';

/*
 * Seals: what makes a change of the past show. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. Nothing here checks a
 * hash: what is read is what is there.
 */

export type Unsealed = {
  /** The database's time, to the microsecond. */
  readonly at: string;
  readonly last: SealHead | undefined;
  /** In no seal, by id: first those that the last seal waited for, then those after its `through`. */
  readonly events: readonly ExportedEvent[];
  /** Whether all of those that the last seal waited for and that have appeared are among `events`. */
  readonly isLateWhole: boolean;
};

/** A backup as it is recorded, and every event that names it by its key and its id, in the order of their ids. */
export type BackupWithEvents = { readonly backup: ExportedBackup; readonly events: readonly ExportedEvent[] };

/** What more unsealed events than this are told as: counting all of them would cost the more the longer nobody seals. */
export const MAX_COUNTED = 10_000;

export interface SealHistory {
  /**
   * Whether nobody is writing events at this moment, and the number of the last seal then (0: none). What that seal waits for and is not seen
   * by a later `unsealedEvents` will never appear: whoever drew those ids had ended.
   */
  eventsAreQuiet(): Promise<{ readonly quiet: boolean; readonly seal: number }>;

  /** The next events to seal, at most so many. Cheap however many are sealed. */
  unsealedEvents(limit: number): Promise<Unsealed>;

  /** False: it does not go on from the last seal any more, since somebody else wrote one; nothing was written. */
  addSeal(seal: Seal): Promise<boolean>;

  /** By their numbers, after that one (0: from the first). */
  sealsAfter(number: number, limit: number): Promise<readonly Seal[]>;

  /** Those that hold any of these events. */
  sealsOf(eventIds: readonly string[]): Promise<readonly Seal[]>;

  /** By id. */
  eventsIn(spans: IdSpans): Promise<readonly ExportedEvent[]>;

  /** Of every incarnation of that backup id, and of requests for it, by id: the first so many, and how many there are. */
  eventsNaming(
    backupId: string,
    limit: number,
  ): Promise<{ readonly events: readonly ExportedEvent[]; readonly count: number }>;

  /** All events by id, after that one (undefined: from the first). */
  eventsInOrder(after: string | undefined, limit: number): Promise<readonly ExportedEvent[]>;

  /** All backups by key, after that one (undefined: from the first). */
  backupsWithEvents(after: string | undefined, limit: number): Promise<readonly BackupWithEvents[]>;

  /** Every incarnation of that id, by key. */
  incarnationsWithEvents(backupId: string): Promise<readonly BackupWithEvents[]>;

  /** Those of the keys that no backup has. */
  keysWithoutBackup(keys: readonly string[]): Promise<readonly string[]>;
}
