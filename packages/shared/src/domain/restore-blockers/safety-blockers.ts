import type { PlanFacts, RestoreRequest } from '../plan-facts.ts';
import { type Blocker, blockerOf } from './blocker.ts';

/** What would be deleted and cannot be saved before, as far as the engine reports it, unless the operator accepted that by name. */
export const safetyBlockers = (
  { deleteExisting, acceptUnsaved }: RestoreRequest,
  { existing, conditions: { redIndices } }: PlanFacts,
): readonly Blocker[] => {
  if (!deleteExisting) return [];
  const accepted = new Set(acceptUnsaved);
  const red = new Set(redIndices);
  const found = existing.map(({ name }) => name).filter((name) => red.has(name) && !accepted.has(name));
  return blockerOf(
    'INDICES_UNSAVABLE',
    found,
    'A primary shard of these indices is not assigned: no safety backup can hold them, and they would be deleted.',
    `Recover them, or accept that what they hold is lost: "acceptUnsaved": ${JSON.stringify(found)}.`,
  );
};
