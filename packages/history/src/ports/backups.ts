import type {
  BackupOrigin,
  BackupRecord,
  BackupState,
  Location,
  PartManifest,
  PartState,
} from '@tandem/shared/domain/backup/backup.ts';
import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import type { ShardCount, ShardFailure } from '@tandem/shared/domain/backup/snapshot.ts';
import type { LateEnd } from '@tandem/shared/domain/backup/state/late-ends.ts';
import type { Actor, NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { KeptOwnership } from '@tandem/shared/domain/ownership/kept-ownership.ts';
import type { DriftChange } from '@tandem/shared/domain/reconciliation/drift.ts';
import type { Idempotency } from './keys.ts';
import type { ChangedRepository } from './repositories.ts';

export type NewPart = {
  readonly number: number;
  readonly of: number;
  readonly snapshotName: string;
  readonly indices: readonly string[];
  /** No snapshot is taken for it. */
  readonly state?: Extract<PartState, 'EMPTY'>;
};

export type NewCreate = {
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly profile: string;
  /** What the names of its indices begin with. */
  readonly indexPrefix: string;
  readonly origin: Exclude<BackupOrigin, 'discovered'>;
  readonly location: Location;
  readonly parts: readonly NewPart[];
  /** A UUID that the caller made. */
  readonly operationId: string;
  readonly requestId: string | undefined;
  readonly actor: Actor;
  readonly events: readonly NewEvent[];
  /** The restore whose safety backup it is: that one does not refuse it. It must be open. */
  readonly safetyOf?: string;
  /** `optimizeVersion` is not known to be that of the indices. */
  readonly versionAssumed?: true;
  /** Kept with the backup. */
  readonly ownership?: KeptOwnership;
  /** In force from the beginning; an event says so. */
  readonly hold?: Hold;
  /** A key that this request claimed, and the answer to keep for it. */
  readonly idempotency?: Idempotency;
};

export type Acceptance =
  | { readonly accepted: true; readonly revision: number }
  /** The not deleted record of that id in that repository. */
  | { readonly accepted: false; readonly existing: BackupRecord }
  /** That restore into the cluster, under the names of Optimize's indices, is open: what it writes is not whole yet. */
  | { readonly accepted: false; readonly restoring: { readonly operationId: string; readonly backupId: string } }
  /** A comparison found that the repository is another one, and nobody has accepted it. */
  | { readonly accepted: false; readonly changed: ChangedRepository }
  /** The restore that `safetyOf` names is not open. */
  | { readonly accepted: false; readonly restoreEnded: true };

/** A part as the engine shows it: written over what was known of it. Absent fields keep what they were. */
export type PartChange = {
  readonly number: number;
  readonly state?: PartState;
  readonly indices?: readonly string[];
  /** Adds one to `starts`. */
  readonly started?: true;
  /** null forgets the uuid of a snapshot that vanished. */
  readonly uuid?: string | null;
  readonly engineVersion?: string;
  readonly versionId?: number;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  readonly shards?: ShardCount;
  /** Forgotten when the part is started anew. */
  readonly bytes?: number;
  readonly failures?: readonly ShardFailure[];
  /** `before` forgets the `after` that was kept, unless it comes with one; `after` alone is added to the `before` that is kept. */
  readonly manifest?: Partial<PartManifest>;
};

export type DiscoveredSet = {
  readonly backupId: string;
  readonly optimizeVersion: string;
  readonly profile: string;
  /** What the names of its indices begin with. */
  readonly indexPrefix: string;
  readonly location: Location;
  readonly state: BackupState;
  /** The earliest start of its snapshots. */
  readonly requestedAt: Date;
  /** Where the metadata of its snapshots says so. */
  readonly safetyOf?: string;
  readonly versionAssumed?: true;
  readonly parts: readonly (Omit<NewPart, 'state'> & PartChange & { readonly state: PartState })[];
  readonly event: NewEvent;
};

export interface BackupHistory {
  /**
   * Writes the backup, its parts, its create operation (QUEUED, due now) and its first events. Not accepted, with nothing written: a backup of
   * that id that is not deleted is recorded at that location; a restore is writing under the names of Optimize's indices in that cluster; the
   * restore of a safety backup has ended; the repository is recorded as another one (repositories.ts). However many processes ask at once,
   * one is accepted. Two locations are the same if their repository uuids are; if either uuid is unknown, if cluster uuid and repository
   * name are. With an idempotency key the answer is kept in the same statement; HISTORY_UNREACHABLE with `cause: 'KEY_OVERTAKEN'` if another
   * request took the key over meanwhile: nothing was written, and the caller sends the request again.
   */
  accept(create: NewCreate): Promise<Acceptance>;

  /**
   * The newest incarnation of that id that is not deleted: one at `location` if there is one, else one anywhere. The newest is the one
   * requested last. Undefined: there is none.
   */
  findBackup(backupId: string, location: Location | undefined): Promise<BackupRecord | undefined>;

  /** As `findBackup`; if that finds none, the newest deleted incarnation, in the same order. Undefined: the id was never recorded. */
  findBackupWithDeleted(backupId: string, location: Location | undefined): Promise<BackupRecord | undefined>;

  /**
   * Records a set of snapshots that Tandem did not take, with origin `discovered`. If a backup of the same id, version and location is
   * recorded and not deleted, that one is returned unchanged, except that parts of a discovered one are completed without an event: those
   * without a uuid, and those that progressed under theirs. Optimize takes its second snapshot after the first.
   */
  discover(set: DiscoveredSet): Promise<BackupRecord>;

  /**
   * Records the state of a backup as it was seen in the engine, when it was seen, how parts differ from what was recorded (`drift`) and how
   * parts of an abandoned create ended (`late`; parts of other creates that end late are removed as orphans). Writes events only for what
   * changed. Nothing changes if the backup is deleted, an open operation makes or deletes its snapshots, or a part has another uuid than the
   * one that was read. The engine must have been read after the record.
   */
  noteState(
    key: string,
    state: BackupState,
    event: NewEvent,
    drift?: readonly DriftChange[],
    late?: readonly LateEnd[],
  ): Promise<Noted>;

  /**
   * The recorded ownership of the backup before this one, deleted or not: the last recorded with the same index prefix in the same place
   * (repository uuid, else cluster and repository name) that has one. Undefined: there is none.
   */
  previousOwnership(key: string): Promise<{ readonly backupId: string; readonly ownership: KeptOwnership } | undefined>;
}

/** What was written: whether the state changed, and the numbers of the parts whose drift changed and of those that ended late. */
export type Noted = { readonly state: boolean; readonly parts: readonly number[]; readonly ended: readonly number[] };
