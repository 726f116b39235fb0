import type { BackupState, FailedRehearsal, Proof, RepositoryCheck } from '@tandem/shared/domain/backup/backup.ts';
import type { ErrorClass } from '@tandem/shared/domain/failure/failure-definition.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Actor, NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { AttemptTrigger, OperationState } from '@tandem/shared/domain/operation/operation.ts';
import type { KeptOwnership } from '@tandem/shared/domain/ownership/kept-ownership.ts';
import type { PartChange } from './backups.ts';

/* Operations from the workers' side: claim, renew, record. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE. */

export type Claim =
  | { readonly claimed: true; readonly operation: ClaimedOperation }
  /** `ended`: there is nothing to do. `suspended`: it waits for an operator. `leased`: another worker has it. `unknown`: there is none. */
  | { readonly claimed: false; readonly why: 'ended' | 'suspended' | 'leased' | 'unknown' }
  /** Nobody claimed it for `suspendAfterMs`, so it must be suspended instead. */
  | { readonly claimed: false; readonly why: 'stale'; readonly backupId: string }
  /** `early`: not due yet. `queued`: others of its repository, or a restore, come first. */
  | { readonly claimed: false; readonly why: 'early' | 'queued'; readonly dueInMs: number };

export type ClaimOptions = {
  /** Who claims: host, pid, a random part. */
  readonly worker: string;
  readonly leaseMs: number;
  /** Max concurrent creates per repository; the others wait in the order they were accepted. */
  readonly createsPerRepository: number;
  /** Poll interval of a create that waits for others of its repository or for a restore. */
  readonly queuedRetryMs: number;
  /** A create or deletion that has been due and unclaimed for this long is not claimed. Absent: no limit. */
  readonly suspendAfterMs?: number;
};

/** Afterwards the operation's trigger is `retry` if it failed, `request` if it succeeded; progress alone does not change it. */
export type NewAttempt = {
  /** Undefined: the operation as a whole. */
  readonly part: number | undefined;
  /** The claim's. */
  readonly trigger: AttemptTrigger;
  readonly actor: Actor;
  /** Undefined: it succeeded. */
  readonly errorClass: ErrorClass | undefined;
  readonly reason: Reason | undefined;
  readonly startedAt: Date;
  /** Milliseconds until the next try; undefined: there is none. */
  readonly nextInMs: number | undefined;
};

/** The findings of a rehearsal about its backup. Absent fields stay unchanged. */
export type Evidence = {
  /** A full proof; clears the `failedRehearsal`. */
  readonly proof?: Proof;
  /** A partial proof; the last full proof stays. */
  readonly partialProof?: Proof;
  /** The rehearsal failed; the proofs stay. */
  readonly failedRehearsal?: FailedRehearsal;
  /** It restored everything that the `failedRehearsal` is about, which is cleared. */
  readonly endsFailedRehearsal?: boolean;
};

export type OperationChange = {
  readonly parts?: readonly PartChange[];
  readonly events?: readonly NewEvent[];
  readonly attempt?: NewAttempt;
  /** Set once known: an empty repository gets its uuid with its first snapshot. */
  readonly repositoryUuid?: string;
  readonly tries?: 'failed' | 'progress';
  /** The findings of a rehearsal, stored with its backup whatever happens to the copies afterwards. */
  readonly evidence?: Evidence;
  /** Set if a create resolved its indices again: replaces the value stored with its backup. */
  readonly ownership?: KeptOwnership;
  /** Merged into the operation's detail by key; other keys stay. null is stored as null. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /**
   * `hold`: the claim stays. `wait`: the claim ends, and the operation is due again after that time. `end`: it ends with that state of the
   * backup; its create slot is free, and the next create of the repository is due now. The end of a create is the backup's too: when it
   * finished and why it failed; other kinds leave those as they are. With the end of a restore, the hold that its safety backup was accepted
   * with gets an end, SAFETY_HOLD_DAYS later (event `backup.held`); a hold that was changed since stays as it is.
   */
  readonly outcome:
    | { readonly do: 'hold' }
    | {
        readonly do: 'wait';
        readonly inMs: number;
        /** What the operation waits for, for operators; cleared by the next change. Absent: the next poll. */
        readonly for?: string;
      }
    | {
        readonly do: 'end';
        readonly state: Extract<OperationState, 'SUCCEEDED' | 'FAILED' | 'CANCELLED'>;
        /** Absent: unchanged. A change needs an event in the same change (domain/history/verify/fold-backup.ts). */
        readonly backup?: BackupState;
        readonly failure?: Reason;
        /** The backup is deleted, and its id is free. Only for a deletion; otherwise ignored. */
        readonly deleted?: true;
        /** Set by creates: replaces the value stored with the backup, also if absent. */
        readonly repositoryCheck?: RepositoryCheck;
      };
};

export type Recorded =
  /**
   * `revision`: the new one of the operation; `next`: the operations that became due (the next create of the repository, the restore whose
   * safety backup it was).
   */
  | { readonly written: true; readonly revision: number; readonly next: readonly DueOperation[] }
  /** The claim was overtaken, or the operation had ended: nothing was written. */
  | { readonly written: false };

export type DueOperation = { readonly operationId: string; readonly revision: number };

export type FarLease = {
  readonly on: 'task' | 'operation';
  /** The name of the task, the id of the operation. */
  readonly id: string;
  /** In the format of the database. */
  readonly until: string;
  readonly leaseMs: number;
};

export interface OperationLedger {
  /**
   * Takes an open, due operation without a valid lease, for `leaseMs`, and raises its revision (compare-and-set): of several workers one gets it.
   * If it takes over from a worker that died (RUNNING, the lease has expired), the operation's trigger is `sweep` from then on. A create
   * is not claimed (`queued`) while `createsPerRepository` others of its repository run, or while a restore writes under the names of
   * Optimize's indices in its cluster, unless it is the safety backup of that restore.
   */
  claim(operationId: string, options: ClaimOptions): Promise<Claim>;

  /** Extends the lease to `leaseMs` from now. False: another worker claimed the operation, or it has ended. */
  renew(operationId: string, revision: number, leaseMs: number): Promise<boolean>;

  /** Writes the complete change if the operation still has the revision of the claim (fencing); otherwise nothing. */
  record(operationId: string, revision: number, change: OperationChange): Promise<Recorded>;

  /**
   * Open operations that have been due for `overdueMs` and have no valid lease, longest due first. The cost does not grow with the number of
   * operations that have ended.
   */
  overdue(overdueMs: number, limit: number): Promise<readonly DueOperation[]>;

  /** Takes or renews the lease of a background task, such as the sweep. True: `holder` has it for `leaseMs`; at any time one holder has. */
  takeLease(name: string, holder: string, leaseMs: number): Promise<boolean>;

  /** The database's time, and the leases that end later than their length allows: the clock was put back since. */
  farLeases(limit: number): Promise<{ readonly now: Date; readonly leases: readonly FarLease[] }>;

  /** Ends a lease that is unchanged since it was read. False: it has changed, and stays. */
  endLease(lease: FarLease): Promise<boolean>;
}
