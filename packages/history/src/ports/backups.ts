import type {
  AttemptTrigger,
  BackupOrigin,
  BackupRecord,
  BackupState,
  ClaimedOperation,
  Doubt,
  ErrorClass,
  Location,
  OperationState,
  PartManifest,
  PartState,
  Proof,
  Reason,
  RepositoryCheck,
} from '@tandem/shared/domain/backup/backup.ts';
import type { DriftChange } from '@tandem/shared/domain/backup/drift.ts';
import type { Hold } from '@tandem/shared/domain/backup/hold.ts';
import type { KeptOwnership } from '@tandem/shared/domain/backup/kept-ownership.ts';
import type { LateEnd } from '@tandem/shared/domain/backup/late-ends.ts';
import type { ShardCount, ShardFailure } from '@tandem/shared/domain/backup/snapshot.ts';
import type { Actor, NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { StoredEvent } from './events.ts';
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
   * Keeps the fold as it was seen, with the time, and what was found instead of parts, and the ends of parts that are recorded as not ended, of an abandoned create alone: what comes late of another is removed as a stray. It writes the events
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

  /** For what belongs to no record: refused requests. `backupId` may be anything that was asked for, cut to 300 characters. */
  appendEvents(events: readonly (NewEvent & { readonly backupId: string | undefined })[]): Promise<void>;

  /** The events of every incarnation of that id, oldest first. */
  eventsOf(backupId: string, limit: number): Promise<readonly StoredEvent[]>;
}

/** What was written: whether the state is another, and the numbers of parts that are found otherwise, and of those that ended late. */
export type Noted = { readonly state: boolean; readonly parts: readonly number[]; readonly ended: readonly number[] };

export type Claim =
  | { readonly claimed: true; readonly operation: ClaimedOperation }
  /** `ended`: there is nothing to do. `leased`: somebody else works on it. `early`: not due yet. `queued`: others of its repository come first, or a restore. */
  /** `suspended`: it waits for an operator. `stale`: nobody claimed it for `suspendAfterMs`, so that it is to be suspended, not carried out. */
  | { readonly claimed: false; readonly why: 'ended' | 'suspended' | 'leased' | 'unknown' }
  | { readonly claimed: false; readonly why: 'stale'; readonly backupId: string }
  | { readonly claimed: false; readonly why: 'early' | 'queued'; readonly dueInMs: number };

export type ClaimOptions = {
  /** Who claims: host, pid, a random part. */
  readonly worker: string;
  readonly leaseMs: number;
  /** How many creates may run at once in one repository; the others wait in the order they were accepted. */
  readonly createsPerRepository: number;
  /** When to look again for a create that others of its repository, or a restore, precede. */
  readonly queuedRetryMs: number;
  /** A create or deletion that was due for so long and that nobody held since is not claimed. Absent: however long. */
  readonly suspendAfterMs?: number;
};

/** After it, the operation's trigger is `retry` where it failed, and `request` where it succeeded; progress alone changes none. */
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

/** What a rehearsal found of its backup. Absent fields leave what is kept. */
export type Evidence = {
  /** It compared well and completely: a `doubt` is gone with it. */
  readonly proof?: Proof;
  /** It compared well, but not everything: the last full proof stays. */
  readonly partialProof?: Proof;
  /** It did not; the proofs stay. */
  readonly doubt?: Doubt;
  /** It restored everything that the `doubt` is about: that is gone. */
  readonly endsDoubt?: boolean;
};

export type OperationChange = {
  readonly parts?: readonly PartChange[];
  readonly events?: readonly NewEvent[];
  readonly attempt?: NewAttempt;
  /** Learned meanwhile: an empty repository has no uuid, and gets one with its first snapshot. */
  readonly repositoryUuid?: string;
  readonly tries?: 'failed' | 'progress';
  /** Of a rehearsal: kept with its backup, whatever becomes of the copy afterwards. */
  readonly evidence?: Evidence;
  /** Of a create whose indices were resolved again: kept with its backup instead of what was. */
  readonly ownership?: KeptOwnership;
  /** Written over the operation's detail, key by key; what is not named stays. null is kept as null. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /**
   * `hold`: the claim goes on. `wait`: the claim ends, the operation is due again after that time. `end`: it is over, with the state
   * of the backup then; its create slot is free, and the next create of the repository is due now. The end of a create is the backup's
   * too: when it finished and why it failed; other kinds leave those as they are. With the end of a restore, the hold that its safety
   * backup was accepted with gets an end, SAFETY_HOLD_DAYS later (event `backup.held`); a hold that was changed since stays as it is.
   */
  readonly outcome:
    | { readonly do: 'hold' }
    | {
        readonly do: 'wait';
        readonly inMs: number;
        /** What the whole time is waited for, for operators; gone with the next change. Absent: the next poll. */
        readonly for?: string;
      }
    | {
        readonly do: 'end';
        readonly state: Extract<OperationState, 'SUCCEEDED' | 'FAILED' | 'CANCELLED'>;
        /** Absent: it stays what it is. Where it becomes another, an event of the same change says so (domain/fold-backup.ts). */
        readonly backup?: BackupState;
        readonly failure?: Reason;
        /** The backup is deleted, and its id free. Of a deletion only; elsewhere it means nothing. */
        readonly deleted?: true;
        /** Of a create: kept with the backup instead of what was, absent too. */
        readonly repositoryCheck?: RepositoryCheck;
      };
};

export type Recorded =
  /** `revision` is the operation's now; `next` the operations that became due by it (the next create of the repository, the restore whose safety backup it was). */
  | { readonly written: true; readonly revision: number; readonly next: readonly DueOperation[] }
  /** The claim was overtaken, or the operation had ended: nothing was written. */
  | { readonly written: false };

export type DueOperation = { readonly operationId: string; readonly revision: number };

export type FarLease = {
  readonly on: 'task' | 'operation';
  /** The name of the task, the id of the operation. */
  readonly id: string;
  /** As the database prints it. */
  readonly until: string;
  readonly leaseMs: number;
};

export interface OperationLedger {
  /**
   * Compare-and-set: takes an open, due operation that nobody holds a living lease on, for `leaseMs` of database time. Where it takes over
   * from a worker that died (RUNNING, the lease has run out) the operation's trigger is `sweep` from then on. A create without a slot
   * waits while a restore writes under Optimize's names in its cluster, unless it is that one's own (`safetyOf`).
   */
  claim(operationId: string, options: ClaimOptions): Promise<Claim>;

  /** Prolongs the lease. False: the claim was overtaken or the operation has ended. */
  renew(operationId: string, revision: number, leaseMs: number): Promise<boolean>;

  /** All of the change or nothing, and only under the claim's revision. */
  record(operationId: string, revision: number, change: OperationChange): Promise<Recorded>;

  /**
   * Open operations that have been due for `overdueMs` and that nobody holds a living lease on, longest due first. Cheap however
   * many have ended.
   */
  overdue(overdueMs: number, limit: number): Promise<readonly DueOperation[]>;

  /** True: `holder` may sweep until the lease ends; renewed by asking again. Exactly one holder at a time, on database time. */
  takeLease(name: string, holder: string, leaseMs: number): Promise<boolean>;

  /** The database's time, and leases of tasks and operations that end later than their length allows: the clock was put back since. */
  farLeases(limit: number): Promise<{ readonly now: Date; readonly leases: readonly FarLease[] }>;

  /** Ends a lease that is as it was read. False: its row has changed since. */
  endLease(lease: FarLease): Promise<boolean>;
}
