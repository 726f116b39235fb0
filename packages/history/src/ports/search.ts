import type { BackupOrigin, BackupState, Location, PartState } from '@tandem/shared/domain/backup/backup.ts';
import type { Hold, Labels } from '@tandem/shared/domain/backup/hold.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { BackupFilter, BackupSort } from '@tandem/shared/domain/history/backup-search.ts';
import type { Actor, EventKind } from '@tandem/shared/domain/history/event.ts';
import type { DeletionSummary, OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import type { StoredEvent } from './events.ts';
import type { AttemptRecord } from './operations.ts';
import type { RestoreRecord } from './restores.ts';

/*
 * Searches for auditors. The same promises as in history.ts. Any filter is allowed; a search that takes longer than the adapter's time-out
 * for searches (DATABASE_SEARCH_TIMEOUT) rejects with QUERY_TOO_LONG.
 */

export type BackupSummary = {
  /** One per incarnation of an id. */
  readonly key: string;
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly profile: string;
  readonly origin: BackupOrigin;
  readonly location: Location;
  readonly requestedAt: Date;
  readonly requestedBy: Actor;
  /** The last seen state, and when it was seen. */
  readonly state: BackupState;
  readonly stateSeenAt: Date;
  readonly endedAt: Date | undefined;
  readonly deletedAt: Date | undefined;
  readonly failure: Reason | undefined;
  /** When a rehearsal last proved it restorable. */
  readonly provenAt: Date | undefined;
  readonly labels: Labels;
  readonly note: string | undefined;
  readonly hold: Hold | undefined;
  readonly safetyOf: string | undefined;
  readonly versionAssumed: boolean;
  /** Undefined: nothing is recorded about it. */
  readonly repositoryVerified: boolean | undefined;
  /** The open deletion of its snapshots. */
  readonly deletion: DeletionSummary | undefined;
  readonly parts: readonly {
    readonly number: number;
    readonly of: number;
    readonly snapshotName: string;
    readonly state: PartState;
    readonly uuid: string | undefined;
    readonly bytes: number | undefined;
  }[];
};

/** An item with its cursor; the next page resumes after it. Opaque: digits, a dot, digits. */
export type WithCursor<Item> = Item & { readonly cursor: string };

/** All given filters must match; an empty list matches nothing. `from` is inclusive, `to` is not. */
export type EventFilter = {
  readonly backupId?: string;
  /** The name or address of the actor. */
  readonly actor?: string;
  readonly kinds?: readonly EventKind[];
  readonly from?: Date;
  readonly to?: Date;
  readonly requestId?: string;
};

/** The operations on one incarnation. */
export type BackupPast = {
  /** The attempts of all its operations, oldest first. */
  readonly attempts: readonly (AttemptRecord & { readonly operationId: string; readonly kind: OperationKind })[];
  /** Including rehearsals; newest first. */
  readonly restores: readonly RestoreRecord[];
};

export interface SearchHistory {
  /**
   * The next backups after a cursor, in the requested order; a cursor of one order may be resumed in the other. A caller that resumes at the
   * last cursor gets each backup once, whatever is written meanwhile. QUERY_TOO_LONG.
   */
  searchBackups(
    filter: BackupFilter,
    sort: BackupSort,
    after: string | undefined,
    limit: number,
  ): Promise<readonly WithCursor<BackupSummary>[]>;

  /** How many backups such a search finds, counted up to `max`. QUERY_TOO_LONG. */
  countBackups(filter: BackupFilter, sort: BackupSort, max: number): Promise<number>;

  /** Every incarnation of that id, deleted or not, the one requested last first. */
  incarnationsOf(backupId: string): Promise<readonly BackupSummary[]>;

  /** The backups for which a snapshot of that name was planned: those that are not deleted first, then the one requested last. */
  backupOfSnapshot(name: string): Promise<readonly BackupSummary[]>;

  /** The attempts and restores of one incarnation; of an unknown key none. */
  pastOf(backupKey: string): Promise<BackupPast>;

  /** When the first backup was requested, deleted or not, and when the first event was written. Undefined: there is none. */
  historyFrom(): Promise<{ readonly backups: Date | undefined; readonly events: Date | undefined }>;

  /** The next events after a cursor, newest first. QUERY_TOO_LONG. */
  searchEvents(
    filter: EventFilter,
    after: string | undefined,
    limit: number,
  ): Promise<readonly WithCursor<StoredEvent>[]>;
}
