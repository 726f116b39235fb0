import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import type { InTheWay } from '../restore-ownership.ts';
import { type Blocker, blocker, blockerOf } from './blocker.ts';
import { copyableList } from './copyable-list.ts';

/** OTHER_INSTALLATION: the backup is of an Optimize with another index prefix; in place the restore would delete and overwrite what that one has. */
export const installationBlockers = (
  { rename }: RestoreRequest,
  { backup: { indexPrefix }, ownPrefix }: PlanFacts,
): readonly Blocker[] =>
  rename !== undefined || indexPrefix === ownPrefix
    ? []
    : [
        blocker(
          'OTHER_INSTALLATION',
          [indexPrefix],
          `The backup is of the Optimize with the index prefix ${indexPrefix}, and this Tandem works for the one with ${ownPrefix}.`,
          `Restore it with the Tandem of that installation, or under other names; or set CAMUNDA_OPTIMIZE_INDEX_PREFIX to ${indexPrefix} if that is the prefix of this one.`,
        ),
      ];

/** NOTHING_TO_RESTORE: the restore would leave out everything that the backup holds. */
export const leftOutBlockers = (
  { backup }: PlanFacts,
  restores: readonly PlannedIndex[],
  notRestored: readonly { readonly index: string }[],
): readonly Blocker[] =>
  restores.length > 0
    ? []
    : blockerOf(
        'NOTHING_TO_RESTORE',
        notRestored.map(({ index }) => index),
        `Every index of the backup is left out: it is kept as it is, or it is not of the Optimize with the prefix ${backup.indexPrefix}.`,
        'Choose another backup, check CAMUNDA_OPTIMIZE_INDEX_PREFIX, or restore under other names.',
      );

const names = (indices: readonly { readonly name: string }[]): readonly string[] => indices.map(({ name }) => name);

/**
 * INDICES_PRESENT: indices of others are in the way. UNKNOWN_INDICES: indices in the way that nobody has decided about; the remedy contains
 * the lists to send.
 */
export const ownershipBlockers = (
  { deleteExisting, deleteUnknown, keepUnknown }: RestoreRequest,
  { undecided, foreign }: InTheWay,
): readonly Blocker[] => {
  // with what was decided before: the lists are copied as they are
  const listWith = (decided: readonly string[]) =>
    copyableList([...new Set([...decided, ...names(undecided)])].sort(), 'all that are ambiguous or unknown', 'keep');
  const deletion = deleteExisting ? '' : ' together with "deleteExisting": true';
  return [
    ...blockerOf(
      'INDICES_PRESENT',
      names(foreign),
      'Indices of other components or of other installations are there under the names to restore to. They are never deleted.',
      'Restore under other names.',
    ),
    ...blockerOf(
      'UNKNOWN_INDICES',
      names(undecided),
      'Tandem cannot decide whether some existing indices belong to this Optimize: the class of each is in "ownership". They are not deleted unless they are named.',
      `Send "deleteUnknown": ${listWith(deleteUnknown)}${deletion} to have them deleted after the safety backup, or "keepUnknown": ${listWith(keepUnknown)} to leave them alone, or some of them in each.`,
    ),
  ];
};
