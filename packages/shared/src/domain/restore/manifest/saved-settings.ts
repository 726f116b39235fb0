import type { PlanFacts, PlannedIndex, RestoreRequest } from '../plan/plan-facts.ts';
import type { IndexShape } from './manifest.ts';

type Saved = Pick<PlanFacts, 'manifests'>;

/** The shape of an index, from the newer manifest of its part. Undefined: no manifest has it. */
export const savedShape = ({ manifests }: Saved, { part, index }: PlannedIndex): IndexShape | undefined => {
  const saved = manifests.get(part);
  return [saved?.after, saved?.before]
    .map((manifest) => manifest?.shapes.find(({ name }) => name === index))
    .find((shape) => shape !== undefined);
};

/** The flat allocation settings that an index was saved with; undefined: no manifest recorded them. */
export const savedAllocation = (facts: Saved, planned: PlannedIndex): Readonly<Record<string, string>> | undefined =>
  savedShape(facts, planned)?.allocation;

/** Whether what is restored gets none of the allocation settings that it was saved with. */
export const dropsAllocation = ({ copy, dropAllocation }: Pick<RestoreRequest, 'copy' | 'dropAllocation'>): boolean =>
  copy || dropAllocation === true;

/** The flat allocation settings that an index would be restored with, as far as they are known. */
export const restoredAllocation = (
  request: RestoreRequest,
  facts: Saved,
  planned: PlannedIndex,
): Readonly<Record<string, string>> => (dropsAllocation(request) ? {} : (savedAllocation(facts, planned) ?? {}));
