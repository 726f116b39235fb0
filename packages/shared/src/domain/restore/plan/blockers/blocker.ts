export const BLOCKER_CODES = [
  'BACKUP_DELETED',
  'OTHER_INSTALLATION',
  'REPOSITORY_UNAVAILABLE',
  'REPOSITORY_CHANGED',
  'PART_MISSING',
  'PART_REPLACED',
  'PART_UNFINISHED',
  'PART_NOT_WHOLE',
  'PART_INCOMPATIBLE',
  'NOTHING_TO_RESTORE',
  'INDEX_INCOMPATIBLE',
  'INDEX_VERSIONS_UNKNOWN',
  'REHEARSAL_FAILED',
  'VERSION_DIFFERS',
  'INCONSISTENT_SELECTION',
  'TARGET_INVALID',
  'INDICES_PRESENT',
  'UNKNOWN_INDICES',
  'OPTIMIZE_RUNNING',
  'SNAPSHOT_RUNNING',
  'BACKUP_RUNNING',
  'RESTORE_RUNNING',
  'BACKUP_BUSY',
  'DISK_FULL',
  'DISK_SHORT',
  'SHARDS_SHORT',
  'SHARDS_PER_NODE',
  'ALLOCATION_DISABLED',
  'ALLOCATION_FILTERED',
  'WRITE_ALIAS_TAKEN',
  'TARGET_IS_ALIAS',
  'CLUSTER_READ_ONLY',
  'INDEX_READ_ONLY',
  'INDICES_UNSAVABLE',
  'PRIVILEGE_MISSING',
] as const;
export type BlockerCode = (typeof BLOCKER_CODES)[number];

/** A reason why a restore must not start. */
export type Blocker = {
  readonly code: BlockerCode;
  readonly message: string;
  /** Names in full, however many. */
  readonly found: readonly string[];
  /** What an operator can do. */
  readonly remedy: string;
  /** What the remedy names, in full. Absent: nothing. */
  readonly data?: { readonly add: readonly string[]; readonly stay?: readonly string[] };
};

/** A blocker; `found` may be empty. */
export const blocker = (code: BlockerCode, found: readonly string[], message: string, remedy: string): Blocker => ({
  code,
  message,
  found,
  remedy,
});

/** One blocker with what was found; none if nothing was found. */
export const blockerOf = (
  code: BlockerCode,
  found: readonly string[],
  message: string,
  remedy: string,
): readonly Blocker[] => (found.length === 0 ? [] : [blocker(code, found, message, remedy)]);
