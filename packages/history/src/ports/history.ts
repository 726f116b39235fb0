import type { BackupState, ErrorClass, OperationKind, OperationState } from '@tandem/shared/domain/backup/backup.ts';
import type { PresenceCounts } from '@tandem/shared/domain/backup/reconciliation.ts';
import type { BackupHistory, OperationLedger } from './backups.ts';
import type { LabelHistory } from './labels.ts';
import type { OperationHistory } from './operations.ts';
import type { ReconcileHistory } from './reconciliation.ts';
import type { RepositoryHistory } from './repositories.ts';
import type { RestoreHistory } from './restores.ts';
import type { RollbackHistory } from './rollback.ts';
import type { SealHistory } from './seals.ts';
import type { AuditHistory } from './search.ts';
import type { SuspensionHistory } from './suspensions.ts';

/*
 * PostgreSQL remembers: every method is one statement, so that it happens wholly or not at all, and every method rejects with
 * HISTORY_UNREACHABLE when the database does not answer within the adapter's time-out, and with nothing else. Times are the
 * database's own.
 */

export type HistoryFigures = {
  /** Of the last comparison that ended; undefined: none has. */
  readonly reconciliation:
    | { readonly parts: PresenceCounts; readonly unreadRepositories: number; readonly ageSeconds: number }
    | undefined;
  /** Since the last comparison that could read every repository. */
  readonly lastCompleteReconciliationSeconds: number | undefined;
  /** Of which creates are refused, since they do not look like the recorded ones. */
  readonly changedRepositories: number;
  /** Not deleted backups by state as last seen, without safety backups. Of more than 100,000 the count may be a minute old: counting them takes its time. */
  readonly backups: Readonly<Record<BackupState, number>>;
  /** Of backups of the installation: safety backups do not count. */
  readonly lastCompletedAgeSeconds: number | undefined;
  /** Since the newest full proof of a backup that is not deleted. */
  readonly lastFullProofAgeSeconds: number | undefined;
  readonly openOperations: readonly {
    readonly kind: OperationKind;
    readonly state: OperationState;
    readonly errorClass: ErrorClass | 'none';
    readonly count: number;
    /** Since the first of them was requested. */
    readonly oldestSeconds: number;
  }[];
  readonly oldestDueSeconds: number | undefined;
  /** Since the operation that waits longest for an operator was SUSPENDED; undefined: none is. */
  readonly oldestSuspendedSeconds: number | undefined;
  /** Parts that ended SUCCESS within the last 24 hours, those of safety backups left out, by number: how many, and how long they took (end minus start). */
  readonly partDurations: readonly {
    readonly part: number;
    readonly count: number;
    readonly p50Seconds: number;
    readonly p95Seconds: number;
  }[];
  /** Events in no seal, counted up to 10,000. */
  readonly unsealedEvents: number;
  readonly oldestUnsealedSeconds: number | undefined;
};

export interface History
  extends BackupHistory,
    OperationLedger,
    OperationHistory,
    RestoreHistory,
    AuditHistory,
    LabelHistory,
    ReconcileHistory,
    RepositoryHistory,
    SealHistory,
    SuspensionHistory,
    RollbackHistory {
  /** Resolves when the database answers and has been migrated. */
  check(): Promise<void>;
  figures(): Promise<HistoryFigures>;
  close(): Promise<void>;
}
