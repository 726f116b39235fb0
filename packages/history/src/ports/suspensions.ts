import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Actor, EventSource } from '@tandem/shared/domain/history/event.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import type { SuspensionScope } from '@tandem/shared/domain/operation/suspension.ts';
import type { Command } from './events.ts';
import type { DueOperation, OperationChange } from './ledger.ts';

/*
 * SUSPENDED operations: open, and no worker claims them. They take no slot, have no position in the queue and block only other operations of
 * their own backup. The same promises as in history.ts: one statement each, HISTORY_UNREACHABLE.
 */

/** Who suspends, and why. `why.code` is one of suspension.ts; operators read `why.message`. */
export type Suspending = { readonly actor: Actor; readonly source: EventSource; readonly why: Reason };

export type SuspendedOperation = {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly backupId: string;
};

/** A suspended create with the data that shows whether it has in fact succeeded. */
export type SuspendedCreate = {
  readonly operationId: string;
  readonly requestId: string | undefined;
  readonly revision: number;
  readonly suspendedAt: Date;
  readonly requestedAt: Date;
  /** Database time of the read. */
  readonly now: Date;
  /** Its memory between ticks. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly backup: BackupRecord;
};

export type Released =
  | { readonly done: true; readonly operation: DueOperation }
  /** `restore`: a restore or rehearsal can be abandoned only. `busy`: a restore writes to the indices that the create would back up. */
  | { readonly done: false; readonly why: 'unknown' | 'not-suspended' | 'restore' | 'busy' }
  /** The backup that the deletion would delete is held. */
  | { readonly done: false; readonly why: 'held'; readonly hold: Hold };

export interface SuspensionHistory {
  /**
   * Suspends the open operations of that scope, in the order they were accepted; those accepted at or after `acceptedBefore` stay. Workers that
   * hold them are fenced, their slots become free, and the next create of each repository is due. The backup of a create is FAILED, with
   * `why` as its failure, until it is released. Writes the event `operation.suspended` for each.
   */
  suspendOperations(
    scope: SuspensionScope & { readonly acceptedBefore?: Date },
    suspending: Suspending,
    limit: number,
  ): Promise<readonly SuspendedOperation[]>;

  /**
   * SUSPENDED → QUEUED, due now, with no failures counted and the trigger `person`. The backup of a create is IN_PROGRESS again, at its old
   * position in the queue of its repository. Writes the event `operation.released`.
   */
  releaseOperation(operationId: string, command: Command): Promise<Released>;

  /** In the order they were accepted. `after`: the `next` of the page before; `next` undefined: this is the last page. */
  suspendedCreates(
    after: string | undefined,
    limit: number,
  ): Promise<{ readonly creates: readonly SuspendedCreate[]; readonly next: string | undefined }>;

  /** Ends a suspended operation that still has that revision, as `record` does a claimed one. False: nothing was written. */
  endSuspended(
    operationId: string,
    revision: number,
    change: Pick<OperationChange, 'parts' | 'events' | 'repositoryUuid'> & {
      readonly outcome: Extract<OperationChange['outcome'], { readonly do: 'end' }>;
    },
  ): Promise<boolean>;
}
