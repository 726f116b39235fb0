import { MAX_LISTED } from '../../../cut-list.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { consequences, isSelection, type SelectionNeeds, selectionNeeds } from '../selection.ts';
import { type Blocker, blocker } from './blocker.ts';

/** INCONSISTENT_SELECTION: the chosen indices depend on others that are not chosen, and that was not accepted. */
export const selectionBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
  all: readonly PlannedIndex[],
): readonly Blocker[] => {
  const needs = inconsistency(request, facts, restores, all);
  if (needs === undefined || request.acceptInconsistent === true) return [];
  const { found, why, add } = needs;
  return [
    {
      ...blocker(
        'INCONSISTENT_SELECTION',
        found,
        `The chosen indices do not fit the ones that stay in the cluster. ${consequences(why)}`,
        `${addWords(needs, facts.backup.backupId)} Or leave out the ones found, or send "acceptInconsistent": true to restore them anyway.`,
      ),
      data: { add },
    },
  ];
};

/** Too many for a sentence: by what they hold. */
const addWords = ({ add, needsAll }: SelectionNeeds, backupId: string): string =>
  add.length <= MAX_LISTED
    ? `Add these to "indices": ${JSON.stringify(add)}.`
    : `Add the ${add.length} other indices of ${needsAll ? 'the backup' : 'its positions and imported data'} to "indices"; GET /api/v1/backups/${backupId} lists them.`;

/** What the selection lacks. Undefined: nothing, or the restore is no selection. `all`: what it would restore without `indices`. */
export const inconsistency = (
  request: RestoreRequest,
  { backup }: Pick<PlanFacts, 'backup'>,
  restores: readonly PlannedIndex[],
  all: readonly PlannedIndex[],
): SelectionNeeds | undefined =>
  isSelection(request) ? selectionNeeds(backup.indexPrefix, namesOf(restores), namesOf(all)) : undefined;

const namesOf = (indices: readonly PlannedIndex[]): readonly string[] => indices.map(({ index }) => index);
