/** A node that holds indices of the usual kind; one of the frozen tier alone does not. */
export type DataNode = {
  readonly id: string;
  readonly name: string;
  /** Host name, or its address where it has none. */
  readonly host: string;
  /** Without port. */
  readonly ip: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  /** Bytes that may be written until the low watermark is reached; below zero: it is exceeded. Undefined: not reported. */
  readonly freeBytes: number | undefined;
  /** Shards that are assigned to it, replicas and those of closed indices included. Undefined: not reported. */
  readonly shards: number | undefined;
};

/** Undefined: the engine does not report it, or does not allow the call. */
export type EngineCapacity = {
  readonly nodes: readonly DataNode[] | undefined;
  /** Whether the engine heeds its disk watermarks when it allocates shards. */
  readonly diskWatched: boolean | undefined;
  /** How many shards, replicas included, may still be opened in the cluster; below zero: its limit was lowered since. */
  readonly freeShards: number | undefined;
};

/** Undefined: the engine does not report it, or does not allow the call. */
export type ClusterConditions = {
  /**
   * Flat settings below `cluster.routing.allocation.` and `cluster.blocks.` that an operator set, by the API or in a node's configuration
   * file. The file counts for what decides which node may hold a shard.
   */
  readonly settings: Readonly<Record<string, string>> | undefined;
  /** The last part of each `index.blocks.*` that is on, sorted, by index; an index without blocks is left out. */
  readonly indexBlocks: ReadonlyMap<string, readonly string[]> | undefined;
  /** What the caller may not do; undefined also: the engine has no security. */
  readonly lacking: LackingPrivileges | undefined;
  /** All of the cluster whose health is red, sorted. */
  readonly redIndices: readonly string[] | undefined;
};

export const SNAPSHOT_ACTIONS = ['create', 'restore'] as const;

/** Names are those of the indices that were named, there or not, sorted. */
export type LackingPrivileges = {
  readonly snapshot: readonly (typeof SNAPSHOT_ACTIONS)[number][];
  /** Of these the caller may not change the settings: it could lift no block of theirs. */
  readonly manage: readonly string[];
  readonly deleteIndex: readonly string[];
};

/** A copy of a shard, primary or replica, as a node holds it on disk. `node`: its id. */
export type StoredCopy = { readonly index: string; readonly node: string; readonly bytes: number };

export type AliasOwner = {
  readonly alias: string;
  readonly index: string;
  /** Undefined: not set, so that an index which owns the alias alone takes its writes. */
  readonly isWriteIndex: boolean | undefined;
};
