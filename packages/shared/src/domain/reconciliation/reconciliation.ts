import type { BackupState, Drift } from '../backup/backup.ts';
import type { Reason } from '../failure/reason.ts';

/** What a part was found as. */
export type Presence = 'present' | Drift;

/** `unread`: the repository lists one of ours, and it cannot be read. It is neither present nor gone. Absent in earlier comparisons. */
export type PresenceCounts = Readonly<Record<Presence, number>> & { readonly unread?: number };

/** One repository that the history names, or that is configured, and what came of reading it. */
export type RepositoryComparison = {
  readonly repository: string;
  /** Undefined: the engine could not be queried. */
  readonly clusterUuid: string | undefined;
  readonly repositoryUuid: string | undefined;
  /** Not deleted backups that are recorded to live there. */
  readonly backups: number;
  /** Undefined: it was read. Else nothing was concluded from it: its backups keep their last known state. */
  readonly unread: Reason | undefined;
  /** Snapshots with names of ours. */
  readonly snapshots: number;
  readonly parts: PresenceCounts;
};

/** One backup that changed since the last check. */
export type ChangedBackup = {
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly before: BackupState;
  readonly state: BackupState;
  /** Those that changed. */
  readonly parts: readonly { readonly number: number; readonly is: Presence }[];
};

export type DiscoveredBackup = Pick<ChangedBackup, 'backupId' | 'optimizeVersion' | 'state'> & {
  readonly repository: string;
};

/** A backup or set that could not be verified, although its repository was read. */
export type UnverifiedBackup = Pick<ChangedBackup, 'backupId' | 'optimizeVersion'> & { readonly reason: Reason };

/** What one comparison found. Lists are cut at `MAX_LISTED`, the counts are of all. */
export type ReconciliationResult = {
  /** Backups that were compared; those that an open operation makes or deletes are left alone, and not among them. */
  readonly backups: number;
  readonly skipped: number;
  readonly parts: PresenceCounts;
  readonly changedCount: number;
  readonly changed: readonly ChangedBackup[];
  readonly discoveredCount: number;
  readonly discovered: readonly DiscoveredBackup[];
  readonly unverifiedCount: number;
  readonly unverified: readonly UnverifiedBackup[];
  readonly repositories: readonly RepositoryComparison[];
};

export const MAX_LISTED = 1_000;

export const RECONCILIATION_TRIGGERS = ['schedule', 'request'] as const;
export type ReconciliationTrigger = (typeof RECONCILIATION_TRIGGERS)[number];
