import { writeConflicts } from '../alias-conflicts.ts';
import { ownersThatStay, savedOwners } from '../aliases-left-off.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { isSelection } from '../selection.ts';
import { type Blocker, blockerOf } from './blocker.ts';

/**
 * WRITE_ALIAS_TAKEN: an alias would have two write indices. TARGET_IS_ALIAS: a target name is an alias. In place aliases come back with their
 * indices; what stays in the engine keeps its own.
 */
export const aliasBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
): readonly Blocker[] => {
  const stay = ownersThatStay(facts);
  // a restore of chosen indices leaves off what is taken (aliases-left-off.ts)
  const bringsAliases = request.rename === undefined && !request.copy && !isSelection(request);
  const restored = bringsAliases ? savedOwners(facts, restores) : [];
  return [
    ...blockerOf(
      'WRITE_ALIAS_TAKEN',
      writeConflicts(restored, stay),
      'Aliases would have two write indices: the engine refuses that, or refuses writes by the alias.',
      'Remove the alias from the index that stays, or delete that index.',
    ),
    ...blockerOf(
      'TARGET_IS_ALIAS',
      stay
        .filter(({ alias }) => restores.some(({ as }) => as === alias))
        .map(({ alias, index }) => `${alias} (alias of ${index})`),
      'Indices would be restored under the names of aliases, which the engine refuses.',
      'Remove these aliases, or restore under other names.',
    ),
  ];
};
