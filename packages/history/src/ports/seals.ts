import type { ExportedBackup } from '@tandem/shared/contract/exported-backup.ts';
import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import type { IdSpans } from '@tandem/shared/domain/history/seal/id-spans.ts';
import type { SealHead } from '@tandem/shared/domain/history/seal/seal.ts';

/*
 * Seals, which make changes of past events detectable. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. No method
 * checks a hash; data is returned as stored.
 */

export type Unsealed = {
  /** The database's time, to the microsecond. */
  readonly at: string;
  readonly last: SealHead | undefined;
  /** Events in no seal, by id: first those that the last seal waited for, then those after its `through`. */
  readonly events: readonly ExportedEvent[];
  /** Whether `events` includes all events that the last seal waited for and that have appeared. */
  readonly isLateComplete: boolean;
};

/** A backup as it is recorded, and every event that names it by its key and its id, in the order of their ids. */
export type BackupWithEvents = { readonly backup: ExportedBackup; readonly events: readonly ExportedEvent[] };

/** Unsealed events are counted up to this: counting all would take longer the longer sealing is delayed. */
export const MAX_COUNTED = 10_000;

export interface SealHistory {
  /**
   * Whether nobody is writing events now, and the number of the last seal then (0: none). If quiet, an event that this seal waits for and that
   * a later `unsealedEvents` does not return will never appear: the transaction that was assigned its id has ended.
   */
  eventsAreQuiet(): Promise<{ readonly quiet: boolean; readonly seal: number }>;

  /** The next events to seal. The cost does not grow with the number of sealed events. */
  unsealedEvents(limit: number): Promise<Unsealed>;

  /** Appends a seal. False, with nothing written: it does not continue the last seal, since another process wrote one. */
  addSeal(seal: Seal): Promise<boolean>;

  /** Seals with higher numbers, in order. 0: from the first. */
  sealsAfter(number: number, limit: number): Promise<readonly Seal[]>;

  /** The seals that contain any of these events, each once, by number. */
  sealsOf(eventIds: readonly string[]): Promise<readonly Seal[]>;

  /** The events that exist in these spans, by id. */
  eventsIn(spans: IdSpans): Promise<readonly ExportedEvent[]>;

  /** The first events of every incarnation of that backup id and of requests for it, by id, and how many there are in total. */
  eventsNaming(
    backupId: string,
    limit: number,
  ): Promise<{ readonly events: readonly ExportedEvent[]; readonly count: number }>;

  /** All events after that id, by id. Undefined: from the first. */
  eventsInOrder(after: string | undefined, limit: number): Promise<readonly ExportedEvent[]>;

  /** All backups after that key, by key, each with its events. Undefined: from the first. */
  backupsWithEvents(after: string | undefined, limit: number): Promise<readonly BackupWithEvents[]>;

  /** Every incarnation of that id, by key, each with its events. */
  incarnationsWithEvents(backupId: string): Promise<readonly BackupWithEvents[]>;

  /** Those of the keys that no backup has. */
  keysWithoutBackup(keys: readonly string[]): Promise<readonly string[]>;
}
