import type { Snapshot } from '../backup/snapshot.ts';
import { belongsInBackup, classifyIndices } from '../ownership/index-ownership.ts';
import type { FoundSet } from './found-sets.ts';
import { prefixIn } from './set-metadata.ts';

/**
 * Pure: whether a set without a record is provably another installation's, which may share the repository: its metadata names another prefix, or
 * it says nothing and holds no index that a backup of ours could hold. A set without any index proves nothing.
 */
export const isOfOtherInstallation = (prefix: string, set: FoundSet): boolean => {
  const prefixOfSet = prefixIn(set);
  if (prefixOfSet !== undefined) return prefixOfSet !== prefix;
  const held = [
    ...classifyIndices(
      prefix,
      set.snapshots.flatMap(({ indices }) => indices),
    ).values(),
  ];
  return held.length > 0 && !held.some(belongsInBackup);
};

/** What is known of a recorded set that Tandem did not make. */
export type OutsideSet = {
  /** Of its record. */
  readonly indexPrefix: string;
  /** Every index that its record names. */
  readonly indices: readonly string[];
  /** What the engine has of it now. */
  readonly snapshots: readonly Pick<Snapshot, 'indices' | 'owner'>[];
};

/**
 * Pure: whether a set that this history did not make is certainly one of this installation's own Optimize, so that its deletion needs no more
 * confirmation: it holds an index that is known to be ours and none that is or may be another's, and no snapshot has metadata of Tandem. With
 * metadata it is of a lost history, or of a Tandem of another cluster.
 */
export const isOfOwnOptimize = (prefix: string, { indexPrefix, indices, snapshots }: OutsideSet): boolean => {
  if (indexPrefix !== prefix || snapshots.some(({ owner }) => owner !== undefined)) return false;
  const names = [...indices, ...snapshots.flatMap((snapshot) => snapshot.indices)];
  const classes = [...classifyIndices(prefix, names).values()].map((index) => index.class);
  return classes.includes('known') && classes.every((one) => one === 'known' || one === 'unknown');
};
