import type { Reason } from '../failure/reason.ts';
import type { DeletionSummary, LastError, OperationKind, OperationSummary } from '../operation/operation.ts';
import type { KeptOwnership } from '../ownership/kept-ownership.ts';
import type { Aspect, AspectCounts, UnmeasuredIndex } from '../restore/manifest/manifest-comparison.ts';
import type { Hold, Labels } from './hold.ts';
import type { ShardCount, ShardFailure } from './snapshot.ts';
import type { OldestIndex } from './state/compatibility.ts';

export const BACKUP_STATES = ['COMPLETED', 'FAILED', 'INCOMPATIBLE', 'IN_PROGRESS', 'INCOMPLETE'] as const;
/** Folded in backup-state.ts. */
export type BackupState = (typeof BACKUP_STATES)[number];

/** scheduled: reserved for schedules; nothing sets it yet. */
export const BACKUP_ORIGINS = ['requested', 'scheduled', 'discovered'] as const;
export type BackupOrigin = (typeof BACKUP_ORIGINS)[number];

/** Where a set of snapshots lives. Calls go here, not to today's configuration. */
export type Location = {
  readonly clusterUuid: string;
  readonly repository: string;
  /** Undefined: the repository was empty, so the engine gave none. */
  readonly repositoryUuid: string | undefined;
  /**
   * Of the settings that define where its data is (location-settings.ts). Engines keep the uuid of a repository that is registered to another
   * location, so only this may differ. A hint for messages: the contents of the repository decide. Undefined: not read yet.
   */
  readonly settingsDigest?: string | undefined;
};

/**
 * What PostgreSQL knows of a part. PLANNED: no engine call was made for it. EMPTY: it holds no index, so no snapshot is taken, and its absence
 * in the engine is right; of safety backups only. STARTING: a create was about to be sent. The others are
 * the engine's own, as last seen; VANISHED: the engine had it and has it no more.
 */
export const PART_STATES = [
  'PLANNED',
  'EMPTY',
  'STARTING',
  'IN_PROGRESS',
  'SUCCESS',
  'PARTIAL',
  'FAILED',
  'INCOMPATIBLE',
  'VANISHED',
] as const;
export type PartState = (typeof PART_STATES)[number];

export type PartRecord = {
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly snapshotName: string;
  /** As planned; resolved again right before the part is started. */
  readonly indices: readonly string[];
  readonly state: PartState;
  /** How many creates were sent for it. */
  readonly starts: number;
  /** Undefined until the engine showed it. */
  readonly uuid: string | undefined;
  readonly engineVersion: string | undefined;
  readonly versionId: number | undefined;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly shards: ShardCount | undefined;
  /**
   * What its indices held in primary shards, as the manifest taken right after it ended says; closed indices are not measured. Not what it
   * takes up in the repository, which shares files between snapshots. Undefined: no such manifest, as of a discovered set.
   */
  readonly bytes: number | undefined;
  readonly failures: readonly ShardFailure[];
  /** Undefined: none was taken. */
  readonly manifest: PartManifest | undefined;
  /** Of its manifest; absent: not recorded, as of a discovered set. */
  readonly oldestIndex?: OldestIndex | undefined;
  /** Undefined: the repository holds what was recorded, as far as was seen. */
  readonly drift: PartDrift | undefined;
};

/** The parts of which a snapshot is taken: all but the EMPTY ones. */
export const takenParts = <Part extends Pick<PartRecord, 'state'>>(parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ state }) => state !== 'EMPTY');

/** What the indices of a part were right before it and after it: digests of contents that the history keeps (manifest.ts). */
export type PartManifest = {
  /** Also in the snapshot's own metadata. */
  readonly before: string;
  /** Undefined: the part has not ended well, or the engine could not be queried afterwards. */
  readonly after: string | undefined;
};

/**
 * What a repository holds instead of the snapshot that was recorded. vanished: nothing of its name. replaced: another snapshot under its name.
 * foreign: a snapshot not made by Tandem under the name of a part that was planned and never made.
 */
export const DRIFTS = ['vanished', 'replaced', 'foreign'] as const;
export type Drift = (typeof DRIFTS)[number];

/** The result of the last check, the uuid of the snapshot found, and when that was first noticed. */
export type PartDrift = { readonly is: Drift; readonly uuid: string | undefined; readonly noticedAt: Date };

/** What a rehearsal restored and found equal to the manifests. It is full if it covers the complete backup; otherwise it is partial. */
export type Proof = {
  readonly operationId: string;
  readonly at: string;
  readonly milliseconds: number;
  /** Every index was restored, and every aspect of every one was compared. */
  readonly whole: boolean;
  readonly indices: number;
  /** Indices that the backup holds. Absent in proofs of earlier versions, like the next three. */
  readonly ofIndices?: number;
  readonly documents: number;
  readonly bytes: number;
  /** What was compared, in words. */
  readonly compared: readonly string[];
  readonly aspects?: Readonly<Partial<Record<Aspect, AspectCounts>>>;
  /** At most 100 of `unmeasuredIndices`. */
  readonly unmeasured?: readonly UnmeasuredIndex[];
  readonly unmeasuredIndices?: number;
};

/** That the last rehearsal could not restore the backup, or found something else. */
export type FailedRehearsal = {
  readonly operationId: string;
  readonly at: string;
  readonly reason: Reason;
  /** The sample that was rehearsed; absent: every index. */
  readonly only?: readonly string[];
  /** An earlier one that could not read files of the snapshots, and other indices; absent: `reason` says all there is (failed-rehearsal.ts). */
  readonly unreadable?: Omit<FailedRehearsal, 'unreadable'>;
};

/** Whether every node was seen to use the repository: before part 1, after each part and at the end. */
export type RepositoryCheck = {
  readonly verified: boolean;
  /** Why not; absent where it is verified, like the next. */
  readonly reason?: string;
  /** Names of nodes that were there before part 1 and had left by the end. */
  readonly nodesLeft?: readonly string[];
};

export type BackupRecord = {
  /** Our own key, one per incarnation of an id. Decimal digits. */
  readonly key: string;
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly profile: string;
  /** What the names of its indices begin with. */
  readonly indexPrefix: string;
  readonly origin: BackupOrigin;
  readonly location: Location;
  readonly requestedAt: Date;
  /** The fold as it was last seen, and when. */
  readonly state: BackupState;
  readonly stateSeenAt: Date;
  readonly endedAt: Date | undefined;
  readonly deletedAt: Date | undefined;
  /** Why it FAILED; undefined otherwise. */
  readonly failure: Reason | undefined;
  /** The last full one. */
  readonly proof: Proof | undefined;
  /** The last partial one: a sample was rehearsed, or not everything could be compared. */
  readonly partialProof: Proof | undefined;
  /** The last failed rehearsal; cleared when one of the same indices succeeds. */
  readonly failedRehearsal: FailedRehearsal | undefined;
  readonly labels: Labels;
  readonly note: string | undefined;
  /** While it is in force the backup is not deleted. */
  readonly hold: Hold | undefined;
  /** The restore that took it of what it was about to delete; undefined: a backup of the installation. Never counted among those. */
  readonly safetyOf: string | undefined;
  /** `optimizeVersion` is that of the backup that was restored, since the engine reported none. */
  readonly versionAssumed: boolean;
  /** Of its last create; undefined: that one is open, did not get that far, or is of an earlier version. */
  readonly repositoryCheck?: RepositoryCheck | undefined;
  /**
   * What of its prefix was ambiguous, unknown or left out when its indices were last resolved. Undefined: not recorded, as for discovered
   * sets and safety backups.
   */
  readonly ownership?: KeptOwnership | undefined;
  readonly parts: readonly PartRecord[];
  /** The create operation; undefined for a discovered set. */
  readonly create: OperationSummary | undefined;
  /** The open operation of it that is SUSPENDED; absent: none is. */
  readonly suspended?: { readonly operationId: string; readonly kind: OperationKind } | undefined;
  /** The open deletion of its snapshots, else the last one; absent: none was requested. */
  readonly deletion?: DeletionSummary | undefined;
  /** Of its open create or deletion; absent: none is open, or its last attempt did not fail. */
  readonly lastError?: LastError | undefined;
};
