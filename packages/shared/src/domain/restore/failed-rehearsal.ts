import type { FailedRehearsal } from '../backup/backup.ts';

/** Files of the snapshots are missing or damaged, as where a node wrote to its own disk. */
const UNREADABLE: ReadonlySet<string> = new Set(['RESTORE_SHARDS_FAILED', 'SNAPSHOT_NOT_FOUND']);

type Only = readonly string[] | undefined;

/** Whether a rehearsal of `only` restored everything that one of `others` was about. Undefined stands for all indices. */
export const covers = (only: Only, others: Only): boolean =>
  only === undefined || (others?.every((index) => only.includes(index)) ?? false);

/** The failed rehearsal that could not read files of the snapshots. Undefined: none, or one of the same indices has passed since. */
export const unreadableIn = (
  failedRehearsal: FailedRehearsal | undefined,
): Omit<FailedRehearsal, 'unreadable'> | undefined => {
  if (failedRehearsal === undefined) return undefined;
  const { unreadable, ...last } = failedRehearsal;
  return unreadable ?? (UNREADABLE.has(failedRehearsal.reason.code) ? last : undefined);
};

/** What is kept when another rehearsal failed: it does not end what an earlier one found of indices that it did not read. */
export const addedFailedRehearsal = (
  last: FailedRehearsal | undefined,
  next: Omit<FailedRehearsal, 'unreadable'>,
): FailedRehearsal => {
  const before = unreadableIn(last);
  const isUnreadable = UNREADABLE.has(next.reason.code);
  if (before === undefined || (isUnreadable && covers(next.only, before.only))) return next;
  return { ...next, unreadable: isUnreadable ? joined(before, next) : before };
};

const joined = (before: Omit<FailedRehearsal, 'unreadable'>, { only, ...next }: Omit<FailedRehearsal, 'unreadable'>) =>
  before.only === undefined || only === undefined
    ? next
    : { ...next, only: [...new Set([...before.only, ...only])].sort() };

/** What is left of a failed rehearsal after another one passed. Undefined: nothing. */
export const remainingFailedRehearsal = (failedRehearsal: FailedRehearsal, only: Only): FailedRehearsal | undefined => {
  const { unreadable, ...last } = failedRehearsal;
  const left = unreadable === undefined || covers(only, unreadable.only) ? undefined : unreadable;
  if (covers(only, last.only)) return left;
  return left === undefined && unreadable !== undefined ? last : failedRehearsal;
};
