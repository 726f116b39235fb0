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
  readonly idempotency?: { readonly key: string; readonly answer: unknown };
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
   * Writes backup, parts, create operation (QUEUED, due now) and first events, unless a not deleted backup of that id is recorded at
   * that location, or a restore writes under Optimize's names in that cluster. A location is the repository's uuid where both sides
   * know one, else cluster uuid and repository name. However many ask at once, in however many processes: one is accepted. With a key, the answer is kept in the same statement; where
   * the key was answered or given back meanwhile (another request took it over) nothing is written, and HISTORY_UNREACHABLE with the
   * cause KEY_OVERTAKEN asks to send the request again. A safety backup is not accepted once its restore has ended. Nothing is
   * accepted into a repository that is recorded as another one (repositories.ts).
   */
  accept(create: NewCreate): Promise<Acceptance>;

  /**
   * The newest incarnation of that id that is not deleted: at `location` where there is one there, else anywhere.
   * Newest is the one requested last. Undefined: none.
   */
  findBackup(backupId: string, location: Location | undefined): Promise<BackupRecord | undefined>;

  /** As `findBackup`; where it finds none, the newest deleted one in the same order. */
  findBackupWithDeleted(backupId: string, location: Location | undefined): Promise<BackupRecord | undefined>;

  /**
   * Takes a set that somebody else made into the history, with origin `discovered`. A set that is recorded there already (same id,
   * version and location, not deleted) is answered as it is; only parts of a discovered one that have no uuid yet, or went on
   * under theirs, are filled in, without an event:
   * Optimize makes its second snapshot after the first.
   */
  discover(set: DiscoveredSet): Promise<BackupRecord>;

  /**
   * Keeps the fold as it was seen, with the time, and what was found instead of parts, and the ends of parts that are recorded as not ended, of an abandoned create alone: what comes late of another is removed as an orphan. It writes the events
   * only of what is otherwise than it is kept. A deleted backup stays as it is, and so does one whose snapshots an open operation makes or deletes, or a part of which has
   * another uuid than the one that was looked for. To be told from a look at the engine that was made after the record was read.
   */
  noteState(
    key: string,
    state: BackupState,
    event: NewEvent,
    drift?: readonly DriftChange[],
    late?: readonly LateEnd[],
  ): Promise<Noted>;

  /**
   * Of the backup that was recorded last before that one, deleted or not, among those of the same place (repository uuid, else cluster and name)
   * and index prefix that have it. Undefined: there is none.
   */
  previousOwnership(key: string): Promise<{ readonly backupId: string; readonly ownership: KeptOwnership } | undefined>;
}

/** What was written: whether the state is another, and the numbers of parts that are found otherwise, and of those that ended late. */
export type Noted = { readonly state: boolean; readonly parts: readonly number[]; readonly ended: readonly number[] };
