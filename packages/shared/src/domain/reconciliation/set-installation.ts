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
