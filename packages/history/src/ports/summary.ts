import type { Period } from '@tandem/shared/domain/history/periods.ts';

export type Percentiles = { readonly p50: number; readonly p95: number };

/** Of backups by when they were requested. */
export type PeriodFigures = {
  /** Requested, scheduled or discovered, whatever became of them; without the cancelled. */
  readonly taken: number;
  /** Those whose create was cancelled before they were COMPLETED, whatever became of them. */
  readonly cancelled: number;
  /** Those of the taken that are FAILED. */
  readonly failed: number;
  /** Those of the taken that have been deleted since. */
  readonly deleted: number;
  /** From the request to the end, of those that are COMPLETED. Undefined: none. */
  readonly durationMs: Percentiles | undefined;
  /** Of those that are COMPLETED and were measured. Undefined: none. */
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
  readonly lastCompleted: { readonly backupId: string; readonly finishedAt: Date; readonly ageMs: number } | undefined;
  /** That succeeded, as the next. */
  readonly lastRestore: PastRestore | undefined;
  readonly lastRehearsal: PastRestore | undefined;
};

/** In the order of time; periods in which nothing was taken are left out. */
export type Periods = readonly (PeriodFigures & { readonly start: Date })[];

export type HistorySummary = {
  readonly periods: Periods;
  /** Of the whole history. */
  readonly recovery: Recovery;
  /** Those that have a backup, restore or rehearsal in the range, by name; `recovery` of the range. */
  readonly versions: readonly {
    readonly optimizeVersion: string;
    readonly periods: Periods;
    readonly recovery: Recovery;
  }[];
};

/** Keys of backups. Undefined: there is none. */
export type NewestBackups = { readonly completed: string | undefined; readonly proven: string | undefined };

export interface SummaryHistory {
  /**
   * Of the backups under that prefix in that cluster, without deleted and safety backups: the COMPLETED one that ended last, and the one
   * requested last of those with a full proof.
   */
  newestBackups(clusterUuid: string, indexPrefix: string): Promise<NewestBackups>;

  /** Of the backup that was accepted last, deleted or not; discovered ones do not count. Undefined: none was. */
  lastCluster(): Promise<string | undefined>;

  /** Of backups requested, and of restores that ended, from then (with it) to then (without it). QUERY_TOO_LONG. */
  historySummary(by: Period, from: Date, to: Date): Promise<HistorySummary>;
}
