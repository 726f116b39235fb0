import type { ListedSnapshot, Snapshot, SnapshotOwner } from '@tandem/shared/domain/backup/snapshot.ts';
import type { EngineKind } from '@tandem/shared/domain/engine-kind.ts';
import type { ExaminedEngine } from './examination-port.ts';
import type { IndexEngine } from './index-port.ts';

export type { EngineKind } from '@tandem/shared/domain/engine-kind.ts';
export type * from './index-port.ts';

export type EngineInfo = {
  readonly kind: EngineKind;
  /** "8.19.21" */
  readonly version: string;
  /**
   * The newest snapshot version that this engine can read, in the number space of its snapshots' `version_id`: of Elasticsearch its
   * `index_version`, before 8.11 its own version id; of OpenSearch its version id, which has bit 27 set. Of several nodes the oldest decides.
   */
  readonly newestReadable: number;
  /** Of the oldest node. */
  readonly major: number;
  /** Of the newest node, which decides how old a snapshot or an index may be; absent: all nodes are of one major. */
  readonly newestMajor?: number;
  readonly clusterUuid: string;
};

export type IndexListing = { readonly name: string; readonly aliases: readonly string[]; readonly open: boolean };

export type OptimizeMetadata = { readonly schemaVersion: string; readonly installationId: string | undefined };

/** `uuid` is undefined while the repository is empty: engines give it with the first snapshot. OpenSearch has none at all. */
export type RepositoryInfo = {
  readonly name: string;
  readonly type: string;
  readonly uuid: string | undefined;
  /** SHA-256 in hex of the settings that say where its data is (domain/repository/location-settings.ts). */
  readonly settingsDigest: string;
  /** The setting or type that forbids writing into it; undefined: none does. Whether writing works is what `verifyRepository` finds out. */
  readonly readOnly: string | undefined;
  /** How many more snapshots it keeps: one beyond that is accepted and copied, and gone at its end. Undefined: any number. */
  readonly snapshotsLeft: number | undefined;
};

/** A repository as it is registered. */
export type RegisteredRepository = Omit<RepositoryInfo, 'snapshotsLeft'> & {
  /** Without secrets (domain/repository/secret-settings.ts); engines return every value as text. */
  readonly settings: Readonly<Record<string, string>>;
  /** Names of the settings that are left out, since their values are secret. */
  readonly secretSettings: readonly string[];
};

export type NewRepository = Pick<RegisteredRepository, 'name' | 'type' | 'settings'>;

/** A node that reads and writes repositories: a master or a data node. */
export type RepositoryNode = { readonly id: string; readonly name: string };

/** The progress of a snapshot. Bytes are those to copy; what the repository already has is not counted. */
export type SnapshotProgress = {
  readonly shards: number;
  readonly shardsDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
  readonly startedAt: Date | undefined;
};

export type NewSnapshot = {
  readonly repository: string;
  readonly name: string;
  /** Names, not patterns; never empty (an empty list would mean the entire cluster: refused with REQUEST_INVALID). */
  readonly indices: readonly string[];
  readonly owner: SnapshotOwner;
};

/**
 * What Tandem needs of Elasticsearch or OpenSearch. Every method rejects with a `Failure` of an ENGINE_FAILURE_CODES code (and
 * EngineFailureData) and nothing else, within the adapter's time-out: ENGINE_UNREACHABLE, ENGINE_TIMEOUT, ENGINE_BUSY (429, 502 to
 * 504), ENGINE_UNSUPPORTED (a kind or version that Tandem does not work with: nothing was sent), ENGINE_FORBIDDEN (401, 403), ENGINE_BLOCKED (403, a block of the cluster or of an index), ENGINE_REFUSED (other 4xx), ENGINE_FAILED
 * (other 5xx), ENGINE_ANSWER_INVALID (not what the API documents); also the codes that a method names.
 */
export interface SearchEngine {
  /** The engine's version and its cluster. */
  info(): Promise<EngineInfo>;

  /** Every index whose name begins with `{prefix}-`: open, closed and hidden, sorted by name. No match: an empty list. */
  listIndices(prefix: string): Promise<readonly IndexListing[]>;

  /** Document `1` of alias `{prefix}-metadata`. Undefined: there is no such index or document. */
  readOptimizeMetadata(prefix: string): Promise<OptimizeMetadata | undefined>;

  /** REPOSITORY_UNKNOWN: the engine has none of that name. REPOSITORY_UNAVAILABLE: it has, and cannot use it. */
  readRepository(name: string): Promise<RepositoryInfo>;

  /** Every registered repository, sorted by name. Reads nothing from their storage, so broken ones are listed too. */
  listRepositories(): Promise<readonly RegisteredRepository[]>;

  /**
   * Registers the repository, or replaces its type and settings, without verifying it. Deletes nothing and moves nothing: snapshots at the location
   * before stay there. Never sent twice by the adapter. REPOSITORY_REFUSED: the engine does not have this type, does not accept the name, the settings or the
   * location, or a snapshot or restore is using the repository; `reason` in the data says which.
   */
  putRepository(repository: NewRepository): Promise<void>;

  /**
   * Writes a small file into the repository and reads it back, from every node; resolves with those nodes. REPOSITORY_UNKNOWN;
   * REPOSITORY_UNAVAILABLE: its disk is full, its folder is gone or read-only. `nodes` in the failure's data: the names of those that cannot
   * use it, while the master can. `onlyWriting`: it was the master that could not write, so that no node was found to lack it; whether it can
   * be read, `readRepository` and `findSnapshots` find out. ENGINE_TIMEOUT, with `nodes` too: those left or were too busy to reply, which says
   * nothing about the repository. A repository that works for this may still lack snapshots: it is a probe for writing only. Engines write
   * nothing into one that is registered as read-only, and resolve.
   */
  verifyRepository(name: string): Promise<readonly RepositoryNode[]>;

  /**
   * The snapshots among `names` that the repository holds; a name that it does not hold is left out. Names may end in one `*`.
   * Any number of names: the adapter keeps request lines short. REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE.
   */
  findSnapshots(repository: string, names: readonly string[]): Promise<readonly Snapshot[]>;

  /**
   * Every snapshot whose name begins with `prefix`, running ones too, from the repository's catalogue: also one whose own file is gone.
   * Cheap for thousands of them. `prefix` is never empty. REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE.
   */
  listSnapshots(repository: string, prefix: string): Promise<readonly ListedSnapshot[]>;

  /**
   * Resolves once the engine accepted it, not once it is done. Global state is left out, partial snapshots are not allowed.
   * Never sent twice by the adapter. SNAPSHOT_EXISTS: the name is in use. INDEX_NOT_FOUND: an index is gone, nothing was made.
   * REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE.
   */
  startSnapshot(snapshot: NewSnapshot): Promise<void>;

  /** Shards and bytes of one snapshot, running or done. SNAPSHOT_NOT_FOUND, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE. */
  snapshotProgress(repository: string, name: string): Promise<SnapshotProgress>;

  /** Resolves once it is gone; a running one is aborted. SNAPSHOT_NOT_FOUND, REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE. */
  deleteSnapshot(repository: string, name: string): Promise<void>;

  /** Closes the connections; calls under way reject with ENGINE_UNREACHABLE. */
  close(): Promise<void>;
}

/** All that Tandem needs of an engine. */
export type Engine = SearchEngine & IndexEngine & ExaminedEngine;
