import { savedShape } from '../manifest/saved-settings.ts';
import type { AliasOwner } from './cluster-facts.ts';
import type { PlanFacts, PlannedIndex } from './plan-facts.ts';

/** The indices that take the writes of one alias: those marked so; else the only owner, unless it is marked not to. */
export const writeOwners = (owners: readonly AliasOwner[]): readonly string[] => {
  const marked = owners.filter(({ isWriteIndex }) => isWriteIndex === true);
  if (marked.length > 0) return marked.map(({ index }) => index);
  const [only, ...others] = owners;
  return only === undefined || others.length > 0 || only.isWriteIndex === false ? [] : [only.index];
};

/**
 * Pure: aliases that would have two write indices once `restored` join those that `stay`, each as a line for an operator. An engine
 * refuses a restore that marks a second one; where none is marked, the next write by the alias fails.
 */
export const writeConflicts = (restored: readonly AliasOwner[], stay: readonly AliasOwner[]): readonly string[] => {
  const aliases = [...new Set(restored.map(({ alias }) => alias))].sort();
  return aliases.flatMap((alias) => {
    const of = (owners: readonly AliasOwner[]) => writeOwners(owners.filter((owner) => owner.alias === alias));
    const [saved, live] = [of(restored), of(stay)];
    const isConflict = saved.length > 1 || (saved.length > 0 && live.length > 0);
    return isConflict ? [`${alias}: ${[...saved.map((index) => `${index} (restored)`), ...live].join(', ')}`] : [];
  });
};

/** Of each saved alias of these indices, whether it was marked as the one to write to. An index whose aliases were not recorded has none. */
export const savedOwners = (facts: PlanFacts, restores: readonly PlannedIndex[]): readonly AliasOwner[] =>
  restores.flatMap((planned) =>
    Object.entries(savedShape(facts, planned)?.writes ?? {}).map(([alias, isWriteIndex]) => ({
      alias,
      index: planned.as,
      isWriteIndex: isWriteIndex ?? undefined,
    })),
  );

/** What is in the way of the restore is either deleted before it or a blocker by itself. */
export const ownersThatStay = ({ aliasOwners, existing }: PlanFacts): readonly AliasOwner[] => {
  const gone = new Set(existing.map(({ name }) => name));
  return (aliasOwners ?? []).filter(({ index }) => !gone.has(index));
};
