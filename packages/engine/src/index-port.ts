import type {
  IndexFacts,
  IndexFigures,
  IndexOperations,
  TemplateCapsule,
} from '@tandem/shared/domain/restore/manifest/index-facts.ts';
import type {
  AliasOwner,
  ClusterConditions,
  EngineCapacity,
  StoredCopy,
} from '@tandem/shared/domain/restore/plan/cluster-facts.ts';
import type { IndexBlock } from '@tandem/shared/domain/restore/run/index-blocks.ts';

export type * from '@tandem/shared/domain/restore/plan/cluster-facts.ts';

export type NewRestore = {
  readonly repository: string;
  readonly snapshot: string;
  /** Names as saved, not patterns; never empty (it would mean all: refused with REQUEST_INVALID). */
  readonly indices: readonly string[];
  /** `renamePattern` is a regular expression of Java; every match in a name is replaced. Undefined: the names as saved. */
  readonly rename: { readonly pattern: string; readonly replacement: string } | undefined;
  /** saved: with its aliases. withoutAliases: they belong to other indices by now. copy: without aliases and replicas. */
  readonly as: 'saved' | 'withoutAliases' | 'copy';
  /** Saved settings that do not come back; full names, where `*` stands for any characters: `index.blocks.*`. */
  readonly ignoreSettings?: readonly string[];
  /** Settings that the indices get instead of, or in addition to, the saved ones; full names. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** The progress of one index that was, or is being, restored. */
export type IndexRecovery = {
  readonly name: string;
  readonly uuid: string;
  /** Primaries. */
  readonly shards: number;
  readonly shardsDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
  readonly blocks: readonly IndexBlock[];
  /** Undefined: the engine no longer reports it (it was restarted, or the index is blocked for `metadata`), or not yet. */
  readonly source: { readonly repository: string; readonly snapshot: string; readonly restoreUuid: string } | undefined;
  /**
   * Primaries whose restore the engine abandoned. If no node may hold one, the reason is the engine's explanation, for the first five.
   * `lost`: the engine was restarted meanwhile and has no copy of it (allocation status no_valid_shard_copy), so that restoring the index
   * again may help.
   */
  readonly failures: readonly { readonly shard: number; readonly reason: string; readonly lost: boolean }[];
};

export type RunningSnapshot = {
  readonly repository: string;
  readonly name: string;
  readonly indices: readonly string[];
};

/** `createdVersion`: `index.version.created`, the version of the engine that created it. */
export type CreatedIndex = { readonly name: string; readonly createdVersion: number };

/** `template` as `kind/name`. */
export type RefusedTemplate = { readonly template: string; readonly reason: string };

/**
 * What Tandem needs of an engine's indices: to know, restore and remove them. Rejects as `SearchEngine` (port.ts) does. Lists of names
 * may have any length: the adapter keeps request lines short. Names are exact, never patterns (REQUEST_INVALID).
 */
export interface IndexEngine {
  /** Mapping, settings, aliases and blocks of these indices, open, closed and hidden, sorted by name; a name that is not there is left out. */
  describeIndices(names: readonly string[]): Promise<readonly IndexFacts[]>;

  /** Every index whose name begins with `{prefix}-`: open, closed, hidden and blocked ones, sorted by name. One call, however many there are. */
  createdVersions(prefix: string): Promise<readonly CreatedIndex[]>;

  /**
   * Documents and bytes of these indices, sorted by name; a name that is closed or not there is left out. Makes what was written searchable
   * first, so that all of it counts. Read `operations` of one measurement and of a later one: the documents in between differ from either by
   * at most as many. To that end `order` says whether operations are read before the documents are counted (then those that are surely done),
   * or after (then all that were begun). ENGINE_BUSY: a primary is not started, as while it is restored. INDEX_NOT_FOUND: one was closed or
   * deleted meanwhile. ENGINE_BLOCKED: one is blocked for `metadata` or `read`.
   */
  measureIndices(
    names: readonly string[],
    order: 'operations-first' | 'operations-last',
  ): Promise<readonly IndexFigures[]>;

  /**
   * Write operations so far (highest sequence number + 1, summed over the primaries), sorted by name, without a refresh. Each index by
   * itself: one that is closed, not there, blocked for `metadata`, or of which a primary is not started cannot be measured and is left out.
   */
  readOperations(names: readonly string[]): Promise<readonly IndexOperations[]>;

  /**
   * The templates whose patterns fit one of the names or begin with `{prefix}-`, the components and lifecycle policies that they or the
   * indices use. Managed and system ones of the engine are left out, unless one fits. An engine without lifecycle policies has none. A kind
   * that a managed service, or a missing privilege, does not allow to be read (4xx) is listed in `unread`, never a rejection.
   */
  readTemplates(prefix: string, names: readonly string[]): Promise<TemplateCapsule>;

  /**
   * Puts each back, policies and components first. What is there under the same name is replaced. Resolves with those that the engine
   * refused (4xx other than 429), such as one that overlaps another of the same priority; all others are put.
   */
  putTemplates(templates: TemplateCapsule): Promise<readonly RefusedTemplate[]>;

  /**
   * Resolves once the engine accepted it, not once it is done. Global state and feature states stay as they are; never partial. Never
   * sent twice by the adapter. INDEX_EXISTS: an open index of a target name is there (a closed one the engine would overwrite: the
   * caller checks first; a closed one keeps its uuid). RESTORE_REFUSED: the engine cannot restore this snapshot, or an alias has a target
   * name. SNAPSHOT_NOT_FOUND, INDEX_NOT_FOUND (the snapshot has no such index), REPOSITORY_UNKNOWN, REPOSITORY_UNAVAILABLE. What was saved
   * closed comes back open.
   */
  startRestore(restore: NewRestore): Promise<void>;

  /** How far the restore of these indices is, of those that are there; sorted by name. An index that was not restored has no source. */
  indexRecoveries(names: readonly string[]): Promise<readonly IndexRecovery[]>;

  /**
   * Deletes exactly these; a missing one is no error. The caller has compared uuids right before. Ends the restore of one that is
   * being restored. ENGINE_BUSY: a snapshot of one of them runs. ENGINE_BLOCKED: one is blocked for `metadata` or `read_only`.
   */
  deleteIndices(names: readonly string[]): Promise<void>;

  /**
   * Closes exactly these; a closed or missing one is no error. ENGINE_REFUSED: one stays open, for the reason that the failure has.
   * ENGINE_BLOCKED: one is blocked for `metadata` or `read_only`.
   */
  closeIndices(names: readonly string[]): Promise<void>;

  /**
   * Sets or lifts one block of exactly these, open or closed; one that is not there is left out. The caller has compared uuids right before.
   * One block per call, because engines accept nothing else while `metadata` or `read_only` is set; `liftSteps` (index-blocks.ts) gives an
   * order that works. ENGINE_BLOCKED: another block is in the way.
   */
  setIndexBlock(names: readonly string[], block: IndexBlock, change: 'set' | 'lift'): Promise<void>;

  /** The snapshots that are being taken now, in all repositories. Undefined: not allowed (4xx). */
  runningSnapshots(): Promise<readonly RunningSnapshot[] | undefined>;

  /**
   * The data nodes with their disks, and how many shards may still be opened. What a managed service does not allow (4xx) is undefined, never
   * a rejection.
   */
  capacity(): Promise<EngineCapacity>;

  /**
   * Settings, blocks, missing privileges and red indices that can prevent a restore. `names`: the indices whose blocks are read; one that is
   * not there has none. What a managed service does not allow (4xx) is undefined.
   */
  clusterConditions(names: readonly string[]): Promise<ClusterConditions>;

  /**
   * Node and bytes of each copy of a shard of these indices, closed ones too, that is assigned to a node. Undefined: a managed service does
   * not allow it (4xx).
   */
  storedCopies(names: readonly string[]): Promise<readonly StoredCopy[] | undefined>;

  /** Every index in the cluster that has one of the aliases, sorted by alias and index. Undefined: not allowed (4xx). */
  aliasOwners(aliases: readonly string[]): Promise<readonly AliasOwner[] | undefined>;
}
