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

/** Who asks, and why; written into the events. */
export type Asked = {
  readonly actor: Actor;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
};

export interface EventHistory {
  /** For what belongs to no record: refused requests. `backupId` may be anything that was asked for, cut to 300 characters. */
  appendEvents(events: readonly (NewEvent & { readonly backupId: string | undefined })[]): Promise<void>;

  /** The events of every incarnation of that id, oldest first. */
  eventsOf(backupId: string, limit: number): Promise<readonly StoredEvent[]>;

  /**
   * The events of every incarnation of that id after the given event id ('0': all), oldest first. Whoever goes on with the last id that
   * was answered misses none: those who write events of one recorded backup take turns, so that no lower id appears later.
   */
  eventsAfter(backupId: string, after: string, limit: number): Promise<readonly StoredEvent[]>;

  /**
   * The latest state of each id that is known, of the incarnation that `findBackupWithDeleted` answers without a location. `ended`: it is
   * deleted, or no operation of it is open and it is not IN_PROGRESS, or its open operation is SUSPENDED. An id that was never recorded is left out.
   */
  revisionsOf(
    backupIds: readonly string[],
  ): Promise<readonly { readonly backupId: string; readonly lastEventId: string; readonly ended: boolean }[]>;
}
