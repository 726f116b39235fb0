import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { isIndexName } from '../rename.ts';
import { type Blocker, blockerOf } from './blocker.ts';

/** TARGET_INVALID: names that are equal or not allowed. Without `deleteExisting` also the indices that have a target name. */
export const targetBlockers = (
  { rename, deleteExisting }: RestoreRequest,
  { existing }: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => [
  ...blockerOf(
    'TARGET_INVALID',
    badTargets(restores),
    'Indices would be restored under one and the same name, or under one that engines refuse.',
    'Choose another target.renamePattern and target.renameReplacement.',
  ),
  ...(deleteExisting
    ? []
    : blockerOf(
        'INDICES_PRESENT',
        existing.map(({ name, open }) => (open ? name : `${name} (closed)`)),
        rename === undefined
          ? 'Indices of Optimize are there: restored ones would be mixed with them, and closed ones be overwritten.'
          : 'Indices are there under the names to restore to.',
        'Delete them, restore under other names, or send "deleteExisting": true to have them deleted.',
      )),
];

/** Two saved indices under one name, or a name that engines refuse. */
const badTargets = (restores: readonly PlannedIndex[]): readonly string[] => {
  const counted = new Map<string, number>();
  for (const { as } of restores) counted.set(as, (counted.get(as) ?? 0) + 1);
  return restores
    .filter(({ index, as }) => (counted.get(as) ?? 0) > 1 || (as !== index && !isIndexName(as)))
    .map(({ index, as }) => `${index} -> ${as}`);
};
