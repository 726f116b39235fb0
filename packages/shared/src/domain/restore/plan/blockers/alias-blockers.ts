import { savedShape } from '../../manifest/saved-settings.ts';
import { writeConflicts } from '../alias-conflicts.ts';
import type { AliasOwner } from '../cluster-facts.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan-facts.ts';
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
  const restored = request.rename === undefined && !request.copy ? savedOwners(facts, restores) : [];
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

const savedOwners = (facts: PlanFacts, restores: readonly PlannedIndex[]): readonly AliasOwner[] =>
  restores.flatMap((planned) =>
    Object.entries(savedShape(facts, planned)?.writes ?? {}).map(([alias, isWriteIndex]) => ({
      alias,
      index: planned.as,
      isWriteIndex: isWriteIndex ?? undefined,
    })),
  );

/** What is in the way of the restore is either deleted before it or a blocker by itself. */
const ownersThatStay = ({ aliasOwners, existing }: PlanFacts): readonly AliasOwner[] => {
  const gone = new Set(existing.map(({ name }) => name));
  return (aliasOwners ?? []).filter(({ index }) => !gone.has(index));
};
