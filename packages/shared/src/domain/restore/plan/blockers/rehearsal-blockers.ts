import type { FailedRehearsal } from '../../../backup/backup.ts';
import { nameList } from '../../../name-list.ts';
import { unreadableIn } from '../../failed-rehearsal.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blocker } from './blocker.ts';

/** The failed rehearsal that could not read files of what would be restored. Undefined: none. */
export const failedRehearsal = (
  { backup }: PlanFacts,
  restores: readonly PlannedIndex[],
): Omit<FailedRehearsal, 'unreadable'> | undefined => {
  const found = unreadableIn(backup.failedRehearsal);
  const isAbout = found?.only === undefined || restores.some(({ index }) => found.only?.includes(index));
  return isAbout ? found : undefined;
};

/** For messages: which rehearsal failed, on what, when and why. */
export const rehearsalWords = ({ operationId, at, only, reason }: Omit<FailedRehearsal, 'unreadable'>): string =>
  `Rehearsal ${operationId} of ${only === undefined ? 'all indices' : nameList(only)} could not read files of the snapshots at ${at}, and none of the same indices has passed since. ${reason.message}`;

/** REHEARSAL_FAILED: nothing is deleted for what could not be read the last time, unless that was accepted. */
export const rehearsalBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const found = failedRehearsal(facts, restores);
  const deletes = request.deleteExisting && facts.existing.length > 0;
  if (found === undefined || !deletes || request.acceptFailedRehearsal === true) return [];
  return [
    blocker(
      'REHEARSAL_FAILED',
      [found.operationId],
      rehearsalWords(found),
      'Rehearse the same indices again once the repository is repaired, choose another backup, or send "acceptFailedRehearsal": true to delete what is there anyway.',
    ),
  ];
};
