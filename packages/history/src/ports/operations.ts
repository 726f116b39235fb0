import type {
  AttemptTrigger,
  ErrorClass,
  LastError,
  Location,
  OperationKind,
  OperationState,
  Reason,
  Suspension,
} from '@tandem/shared/domain/backup/backup.ts';
import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { Command } from './events.ts';
import type { DueOperation } from './ledger.ts';

/* What people ask of operations: to see, retry, cancel and delete. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

export type OperationRecord = {
  readonly operationId: string;
  /** Orders operations; decimal digits. The cursor of a list. */
  readonly position: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly revision: number;
  readonly backupKey: string;
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly repository: string;
  readonly requestedAt: Date;
  readonly requestId: string | undefined;
  readonly actor: Actor;
  /** When it is looked at again; undefined once it has ended, and while it is SUSPENDED. */
  readonly nextTickAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** How many attempts ended, and the class of the last; undefined: it succeeded, was retried or went on since, or there is none. */
  readonly attempts: number;
  readonly errorClass: ErrorClass | undefined;
  readonly failure: Reason | undefined;
  /** Why its last attempt failed; absent: it did not, the operation progressed or was retried since, or it has ended. */
  readonly lastError?: LastError | undefined;
  /** Why it is SUSPENDED; undefined otherwise. */
  readonly suspension?: Suspension | undefined;
  /** Of one that is open: what it waits for until `nextTickAt`, in words; undefined: for nothing but its next poll. */
  readonly waitingFor: string | undefined;
};

export type AttemptRecord = {
  /** From 1; goes on after a retry by a person. */
  readonly number: number;
  readonly part: number | undefined;
  readonly trigger: AttemptTrigger;
  readonly actor: Actor;
  /** Undefined: it succeeded. */
  readonly errorClass: ErrorClass | undefined;
  readonly reason: Reason | undefined;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly nextAttemptAt: Date | undefined;
};

/** All that are given must fit; an empty list fits nothing. */
export type OperationFilter = {
  readonly states?: readonly OperationState[];
  readonly kinds?: readonly OperationKind[];
  readonly backupId?: string;
  readonly errorClass?: ErrorClass;
};

export type NewDeletion = {
  /** A UUID that the caller made. */
  readonly operationId: string;
  /** true: only the snapshots go (a cancelled create's); the backup is not marked deleted at the end. */
  readonly keepBackup: boolean;
  /** true: only parts that are not SUCCESS go (a cancelled create's that is told to leave what was done). */
  readonly onlyUnfinished: boolean;
  /** Whether parts of a set that we did not make may be deleted. */
  readonly deleteDiscovered: boolean;
};

export type Retried =
  | { readonly done: true; readonly operation: DueOperation }
  /**
   * `busy`: the backup has another open operation; for a restore, another one into its cluster is open; for a create, one under the names of
   * Optimize's indices. `deleted`: its backup is.
   */
  | { readonly done: false; readonly why: 'unknown' | 'not-failed' | 'busy' | 'deleted' }
  /** It is a restore that deletes indices: what may be deleted was decided for the run that failed. */
  | { readonly done: false; readonly why: 'deletes-indices' }
  /** It would take what is held. */
  | { readonly done: false; readonly why: 'held'; readonly hold: Hold };

export type Cancelled =
  | { readonly done: true; readonly due: readonly DueOperation[] }
  /** `restore`: a restore or rehearsal has to take back what it did, see `stopRestore`. */
  | { readonly done: false; readonly why: 'unknown' | 'ended' | 'restore' }
  /** The deletion would take what is held. */
  | { readonly done: false; readonly why: 'held'; readonly hold: Hold };

export type DeletionRequested =
  | {
      readonly accepted: true;
      /** The deletion, and the next create of the repository where an open one was ended for it. */
      readonly due: readonly DueOperation[];
      readonly cancelled: string | undefined;
    }
  | { readonly accepted: false; readonly why: 'unknown' | 'deleted' }
  | { readonly accepted: false; readonly why: 'held'; readonly hold: Hold }
  /** `deleting`: that open deletion does it already. `busy`: that open operation uses the snapshots (a restore). */
  | { readonly accepted: false; readonly why: 'deleting' | 'busy'; readonly operationId: string };

/** A create that ended so that snapshots of it should not come into being any more, and how it looked then. */
export type SettledCreate = {
  readonly operationId: string;
  readonly location: Location;
  /** `kept`: the uuid that was recorded and stays; undefined: no snapshot of that name made by this operation may stay. */
  readonly parts: readonly { readonly snapshotName: string; readonly kept: string | undefined }[];
};

/** Of a deletion: snapshots by name, without those that it has deleted or keeps. */
export type SnapshotsToDelete = {
  readonly operationId: string;
  readonly backupId: string;
  readonly repository: string;
  readonly snapshotNames: readonly string[];
};

export interface OperationHistory {
  /** Newest first. `after`: the position of the last one of the page before; undefined: from the newest. */
  listOperations(
    filter: OperationFilter,
    after: string | undefined,
    limit: number,
  ): Promise<readonly OperationRecord[]>;
  /** How many operations fit the filter, ended ones too. */
  countOperations(filter: OperationFilter): Promise<number>;
  /** Undefined: no operation has that id. */
  findOperation(operationId: string): Promise<OperationRecord | undefined>;
  /** All attempts of the operation, oldest first; an unknown id has none. */
  attemptsOf(operationId: string): Promise<readonly AttemptRecord[]>;

  /**
   * FAILED → QUEUED, due now, with no failures counted and the trigger `person`. Its detail stays (of a restore or rehearsal with the time as
   * `progressAt`). The backup of a create is IN_PROGRESS again, in its old place in the queue of its repository. Not retried: a deletion of
   * what is held, and a restore whose task deletes indices. Writes the event `operation.retried`.
   */
  retryOperation(operationId: string, asked: Command): Promise<Retried>;

  /** The snapshots that those of the operations that are deletions would delete now, as recorded; newest first. Others are left out. */
  snapshotsToDelete(operationIds: readonly string[]): Promise<readonly SnapshotsToDelete[]>;

  /**
   * Ends an open create or deletion as CANCELLED; its failure says who did it, when and why (cancellation.ts), and the backup of a create is
   * INCOMPLETE with the same failure. `deletion` is opened in the same statement. A worker that holds the operation is fenced. Writes the
   * events `operation.cancelled` and, for a create, `backup.cancelled`, which names the deletion as `cleanup`. `due`: the deletion and the
   * next create of the repository.
   *
   * A SUSPENDED operation of any kind is abandoned: it ends without a call to the engine, with `report` in its failure. A deletion with
   * `onlyUnfinished` is not opened then, and the sweep leaves the snapshots of such a create alone.
   */
  cancelOperation(
    operationId: string,
    asked: Command,
    deletion: NewDeletion | undefined,
    report?: Reason,
  ): Promise<Cancelled>;

  /**
   * Opens a deletion of a backup that is not deleted. In the same statement an open create ends as CANCELLED, and so does an open deletion that
   * keeps the backup if this one does not; its failure names the deletion. If the backup is held, nothing changes. Writes the event
   * `backup.delete-requested`, after `operation.cancelled` (and `backup.cancelled` for a create) if one was ended.
   */
  requestDeletion(backupKey: string, asked: Command, deletion: NewDeletion): Promise<DeletionRequested>;

  /**
   * Creates that were CANCELLED and not abandoned, or whose backup was deleted, within the last `withinMs`, last settled first. Of a cancelled
   * one whose backup is not deleted, the parts with a recorded uuid are kept.
   */
  settledCreates(withinMs: number, limit: number): Promise<readonly SettledCreate[]>;
}
