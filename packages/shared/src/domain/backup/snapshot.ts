import type { Actor } from '../history/event.ts';

/** What an engine says about one snapshot, in our words. Source: the get-snapshot API, as the real engines answer it. */
export const SNAPSHOT_STATES = ['SUCCESS', 'IN_PROGRESS', 'PARTIAL', 'FAILED', 'INCOMPATIBLE'] as const;
export type SnapshotState = (typeof SNAPSHOT_STATES)[number];

export type ShardFailure = { readonly index: string; readonly shard: number; readonly reason: string };

export type ShardCount = { readonly total: number; readonly successful: number; readonly failed: number };

/** Written into the engine's snapshot metadata (under `tandem`, below 1,024 bytes): proves whose snapshot it is. */
export type SnapshotOwner = {
  readonly backupId: string;
  readonly operationId: string;
  readonly part: number;
  readonly of: number;
  readonly optimizeVersion: string;
  /** Tandem's own version. */
  readonly tandem: string;
  /** SHA-256, in hex, of what the indices were right before (manifest.ts). Undefined: it was made without a manifest. */
  readonly manifest?: string;
  /** So that a lost history can be rebuilt. Undefined: made before Tandem wrote them. */
  readonly requestedAt?: string;
  /** Name or address of the requester, with ? for everything but printable ASCII, cut to `LONGEST_REQUESTER`. */
  readonly requestedBy?: string;
  /** What the names of its indices begin with. */
  readonly indexPrefix?: string;
  /** The restore whose safety backup it is. */
  readonly safetyOf?: string;
  /** Parts of the set that hold no index, and of which no snapshot is taken. */
  readonly empty?: readonly number[];
  /** `optimizeVersion` is not known to be that of the indices. */
  readonly versionAssumed?: true;
  /** Of the history that recorded it (history-mark.ts). Absent: none fits below 1,024 bytes, or it was made before marks were written. */
  readonly mark?: string;
};

/** Engines take metadata below 1,024 bytes, of which everything else may take 900. */
export const LONGEST_REQUESTER = 100;

/** Who requested a backup, as it stands in the metadata of its snapshots, in ASCII. */
export const requesterOf = (actor: Actor): string =>
  (actor.kind === 'system' ? actor.name : actor.address).replace(/[^ -~]|["\\]/gu, '?').slice(0, LONGEST_REQUESTER);

/** A snapshot as the catalogue of its repository has it: cheap to read, however many there are. */
export type ListedSnapshot = {
  readonly name: string;
  readonly uuid: string;
  /** Undefined: the catalogue does not say. */
  readonly state: SnapshotState | undefined;
};

export type Snapshot = {
  readonly name: string;
  /** The identity: a snapshot deleted and made again has the same name and another uuid. */
  readonly uuid: string;
  readonly state: SnapshotState;
  readonly indices: readonly string[];
  /** Undefined: it has no metadata of ours. */
  readonly owner: SnapshotOwner | undefined;
  /** As the engine prints it: "8.19.9-8.19.21", "2.19.4". */
  readonly engineVersion: string | undefined;
  /** Decides whether an engine can read it (compatibility.ts). */
  readonly versionId: number | undefined;
  readonly startedAt: Date | undefined;
  /** Undefined while it runs: engines print 1970 then. */
  readonly endedAt: Date | undefined;
  readonly shards: ShardCount;
  readonly failures: readonly ShardFailure[];
  /** The engine's reason for a FAILED snapshot. */
  readonly reason: string | undefined;
};
