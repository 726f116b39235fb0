import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import type { ErrorClass } from '@tandem/shared/domain/failure/failure-definition.ts';
import type { Period } from '@tandem/shared/domain/history/periods.ts';
import type { OperationKind, OperationState } from '@tandem/shared/domain/operation/operation.ts';
import type { PresenceCounts } from '@tandem/shared/domain/reconciliation/reconciliation.ts';

export type Percentiles = { readonly p50: number; readonly p95: number };

/** Figures of backups by the time of their request. */
export type PeriodFigures = {
  /** All requested, scheduled or discovered backups without cancelled ones. */
  readonly taken: number;
  /** Backups whose create was cancelled before they were COMPLETED. */
  readonly cancelled: number;
  /** The number of those that are FAILED. */
  readonly failed: number;
  /** The number of those that have been deleted since. */
  readonly deleted: number;
  /** From the request to the end, of COMPLETED backups. Undefined: none. */
  readonly durationMs: Percentiles | undefined;
  /** Of COMPLETED backups that were measured. Undefined: none. */
  readonly bytes: Percentiles | undefined;
};

export type PastRestore = {
  readonly operationId: string;
  readonly backupId: string;
  readonly endedAt: Date;
  /** From the request to the end. */
  readonly durationMs: number;
};

export type Recovery = {
  /** The latest end of a backup that is COMPLETED and not deleted. */
  readonly lastCompleted: { readonly backupId: string; readonly endedAt: Date; readonly ageMs: number } | undefined;
  /** The last successful restore and rehearsal. */
  readonly lastRestore: PastRestore | undefined;
  readonly lastRehearsal: PastRestore | undefined;
};

/** In chronological order, without periods that have no backups. */
export type Periods = readonly (PeriodFigures & { readonly start: Date })[];

export type HistorySummary = {
  readonly periods: Periods;
  /** Of the complete history. */
  readonly recovery: Recovery;
  /** Versions that have a backup, restore or rehearsal in the range, by name; `recovery` within the range. */
  readonly versions: readonly {
    readonly optimizeVersion: string;
    readonly periods: Periods;
    readonly recovery: Recovery;
  }[];
};

/** Keys of backups. Undefined: there is none. */
export type NewestBackups = { readonly completed: string | undefined; readonly proven: string | undefined };

export type HistoryFigures = {
  /** Of the last reconciliation that ended; undefined: none has. */
  readonly reconciliation:
    | { readonly parts: PresenceCounts; readonly unreadRepositories: number; readonly ageSeconds: number }
    | undefined;
  /** Since the last reconciliation that could read every repository. */
  readonly lastCompleteReconciliationSeconds: number | undefined;
  /** Repositories that refuse creates because they do not match the recorded ones. */
  readonly changedRepositories: number;
  /**
   * Backups that are not deleted by last seen state, without safety backups. With more than 100,000, the count may be a minute old, since
   * counting is slow.
   */
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
    /** Time since the oldest one was requested. */
    readonly oldestSeconds: number;
  }[];
  readonly oldestDueSeconds: number | undefined;
  /** Time since the longest suspended operation was SUSPENDED; undefined: none is. */
  readonly oldestSuspendedSeconds: number | undefined;
  /** Parts that ended SUCCESS within the last 24 hours, without those of safety backups, by number: their count and durations (end minus start). */
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

/** Counts of the backups that were requested on that day. */
export type CalendarDay = {
  /** YYYY-MM-DD in the requested time zone. */
  readonly date: string;
  /** The number of backups that are not deleted, by last seen state. Absent: none. */
  readonly states: Readonly<Partial<Record<BackupState, number>>>;
  readonly deleted: number;
};

export interface SummaryHistory {
  /**
   * The newest backups of an installation (cluster and index prefix), without deleted and safety backups: the COMPLETED one that ended last, and
   * the one requested last that has a full proof.
   */
  newestBackups(clusterUuid: string, indexPrefix: string): Promise<NewestBackups>;

  /** The uuid of the cluster of the backup that was accepted last, deleted or not; discovered ones do not count. Undefined: none was. */
  lastCluster(): Promise<string | undefined>;

  /** Figures of backups requested and restores ended between `from` (inclusive) and `to` (exclusive), by periods in UTC. QUERY_TOO_LONG. */
  historySummary(by: Period, from: Date, to: Date): Promise<HistorySummary>;

  /**
   * Backups by the day on which they were requested, in order, between two days (YYYY-MM-DD, both inclusive) of the time zone, an IANA name.
   * Days without a backup and safety backups are left out. VALUE_REFUSED: PostgreSQL does not know the time zone. QUERY_TOO_LONG.
   */
  calendar(timeZone: string, from: string, to: string): Promise<readonly CalendarDay[]>;

  /** What metrics expose, at one moment. Ages and durations are in seconds. */
  figures(): Promise<HistoryFigures>;
}
