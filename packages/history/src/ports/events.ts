import type { Actor, EventKind, EventSource, NewEvent } from '@tandem/shared/domain/history/event.ts';

export type StoredEvent = {
  readonly id: string;
  readonly at: Date;
  readonly backupId: string | undefined;
  readonly kind: EventKind;
  readonly actor: Actor;
  readonly source: EventSource;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  readonly before: unknown;
  readonly after: unknown;
};

/** Who requests a change, and why; written into the events. */
export type Command = {
  readonly actor: Actor;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
};

export interface EventHistory {
  /** Writes events that belong to no record, such as refused requests. `backupId` is what was requested, cut to 300 characters. */
  appendEvents(events: readonly (NewEvent & { readonly backupId: string | undefined })[]): Promise<void>;

  /** The first events of every incarnation of that id, oldest first; an unknown id has none. */
  eventsOf(backupId: string, limit: number): Promise<readonly StoredEvent[]>;

  /**
   * The events of every incarnation of that id after the given event id ('0': from the first), oldest first. A caller that resumes at the
   * last id it received misses none: writers of events of a recorded backup take a lock in turn, so that no lower id appears later.
   */
  eventsAfter(backupId: string, after: string, limit: number): Promise<readonly StoredEvent[]>;

  /**
   * The id of the last event of each backup, of the incarnation that `findBackupWithDeleted` returns without a location. `ended`: it is
   * deleted, or no operation of it is open and it is not IN_PROGRESS, or its open operation is SUSPENDED. Ids that were never recorded
   * are left out.
   */
  revisionsOf(
    backupIds: readonly string[],
  ): Promise<readonly { readonly backupId: string; readonly lastEventId: string; readonly ended: boolean }[]>;
}
