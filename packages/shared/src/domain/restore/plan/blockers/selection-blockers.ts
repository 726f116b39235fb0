import { MAX_LISTED } from '../../../cut-list.ts';
import { nameList } from '../../../name-list.ts';
import type { RestoreRequest } from '../plan-facts.ts';
import { consequences, type SelectionNeeds } from '../selection.ts';
import { type Blocker, blocker } from './blocker.ts';

/** INCONSISTENT_SELECTION: the chosen indices depend on others that are not chosen, and that was not accepted. */
export const selectionBlockers = (
  { acceptInconsistent }: Pick<RestoreRequest, 'acceptInconsistent'>,
  backupId: string,
  needs: SelectionNeeds | undefined,
): readonly Blocker[] => {
  if (needs === undefined || acceptInconsistent === true) return [];
  const { found, why, add, stay } = needs;
  return [
    {
      ...blocker(
        'INCONSISTENT_SELECTION',
        found,
        `The chosen indices do not fit the ones that stay in the cluster. ${consequences(why)}`,
        `${stay.length > 0 ? stayWords(needs) : addWords(needs, backupId)} Or leave out the ones found, or send "acceptInconsistent": true to restore them anyway.`,
      ),
      data: { add, ...(stay.length > 0 ? { stay } : {}) },
    },
  ];
};

/** The restore of a complete backup deletes every index of this Optimize; a selection cannot name what its backup does not hold. */
const stayWords = ({ stay }: SelectionNeeds): string =>
  `These indices of the cluster are not in the backup, so they cannot be added to "indices", and no selection with the ones found fits them: ${nameList(stay)}. Restore a complete backup without "indices", which deletes them too.`;

/** Too many for a sentence: by what they hold. */
const addWords = ({ add, needsAll }: SelectionNeeds, backupId: string): string =>
  add.length <= MAX_LISTED
    ? `Add these to "indices": ${JSON.stringify(add)}.`
    : `Add the ${add.length} other indices of ${needsAll ? 'the backup' : 'its positions and imported data'} to "indices"; GET /api/v1/backups/${backupId} lists them.`;
