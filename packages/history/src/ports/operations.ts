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
import type { Asked } from './events.ts';
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
  /** Newest first, after the given position. */
  listOperations(
    filter: OperationFilter,
    after: string | undefined,
    limit: number,
  ): Promise<readonly OperationRecord[]>;
  countOperations(filter: OperationFilter): Promise<number>;
  findOperation(operationId: string): Promise<OperationRecord | undefined>;
  /** Oldest first. */
  attemptsOf(operationId: string): Promise<readonly AttemptRecord[]>;

  /**
   * FAILED → QUEUED, due now, failures counted anew, the next attempt's trigger `person`, its detail as it was (of a restore or rehearsal with the time as `progressAt`); a create's backup is
   * IN_PROGRESS again and has its old place in the line of its repository. A deletion that takes what is held stays FAILED, and so does a restore
   * whose task deletes indices. Event `operation.retried`.
   */
  retryOperation(operationId: string, asked: Asked): Promise<Retried>;

  /** What those of the operations that are deletions would delete if they ran now, as recorded; newest first. Others are left out. */
  snapshotsToDelete(operationIds: readonly string[]): Promise<readonly SnapshotsToDelete[]>;

  /**
   * Ends an open create or deletion as CANCELLED, with who did it, when and why as its failure (cancellation.ts); the backup of a create is
   * INCOMPLETE then, with the same failure. A deletion may take its place in the same statement. Whoever works on it is fenced. Events
   * `operation.cancelled` and, of a create, `backup.cancelled`, which names the deletion as `cleanup`. `due`: the deletion, and the next create of the repository.
   *
   * SUSPENDED, it is abandoned: whatever its kind it ends without anything being done in the engine, with `report` in its failure. A
   * deletion with `onlyUnfinished` is not opened then, and the sweep leaves the snapshots of such a create alone.
   */
  cancelOperation(
    operationId: string,
    asked: Asked,
    deletion: NewDeletion | undefined,
    report?: Reason,
  ): Promise<Cancelled>;

  /**
   * Opens a deletion for a not deleted backup. An open create is ended as CANCELLED in the same statement, and so is an open deletion that
   * keeps the backup where this one does not; its failure names the deletion. A held backup stays as it is, and so does what is open of it.
   * Event `backup.delete-requested`, after `operation.cancelled` (and `backup.cancelled` of a create) where one was ended.
   */
  requestDeletion(backupKey: string, asked: Asked, deletion: NewDeletion): Promise<DeletionRequested>;

  /**
   * Creates that were CANCELLED and not abandoned, or whose backup was deleted, within the last `withinMs`: of a cancelled one that was not deleted, the
   * parts with a recorded uuid are kept. Those that settled last come first.
   */
  settledCreates(withinMs: number, limit: number): Promise<readonly SettledCreate[]>;
}
