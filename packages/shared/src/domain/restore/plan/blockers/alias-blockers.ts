import { ownersThatStay, savedOwners, writeConflicts } from '../alias-conflicts.ts';
import type { LeftOffAlias } from '../aliases-left-off.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
import { isSelection } from '../selection.ts';
import { type Blocker, blockerOf } from './blocker.ts';

/**
 * WRITE_ALIAS_TAKEN: an alias would have two write indices. TARGET_IS_ALIAS: a target name is an alias. In place aliases come back with their
 * indices, except for those in `leftOff`; what stays in the engine keeps its own.
 */
export const aliasBlockers = (
  request: RestoreRequest,
  facts: PlanFacts,
  restores: readonly PlannedIndex[],
  leftOff: readonly LeftOffAlias[],
): readonly Blocker[] => {
  const stay = ownersThatStay(facts);
  const bare = new Set(leftOff.map(({ index }) => index));
  const bringsAliases = request.rename === undefined && !request.copy;
  const restored = bringsAliases
    ? savedOwners(
        facts,
        restores.filter(({ index }) => !bare.has(index)),
      )
    : [];
  return [
    ...blockerOf(
      'WRITE_ALIAS_TAKEN',
      // chosen indices leave off what is taken by one that stays (aliases-left-off.ts)
      writeConflicts(restored, isSelection(request) ? [] : stay),
      'Aliases would have two write indices: the engine refuses that, or refuses writes by the alias.',
      'Remove the alias from the index that stays, or delete that index. Of two restored ones, choose one in "indices".',
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
