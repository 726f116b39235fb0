import type { Reconcile } from '@tandem/worker/reconcile/context.ts';
import type { Mutation } from '../mutations/mutation.ts';

/** What was not listed is not there. */
const withoutLookingAgain = (deps: Omit<Reconcile, 'assertHeld'>): Omit<Reconcile, 'assertHeld'> => {
  const { engine } = deps;
  let listed: ReadonlySet<string> = new Set();
  return {
    ...deps,
    engine: {
      ...engine,
      listSnapshots: async (repository, prefix) => {
        const list = await engine.listSnapshots(repository, prefix);
        listed = new Set(list.map(({ name }) => name));
        return list;
      },
      findSnapshots: async (repository, names) =>
        (await engine.findSnapshots(repository, names)).filter(({ name }) => listed.has(name)),
    },
  };
};

/** The deliberate defects of comparisons. */
export const comparisonMutations = {
  'listing-believed': {
    about: 'a reconciliation takes for gone what was made after it had listed the repository',
    comparison: withoutLookingAgain,
  },
  'late-is-discovered': {
    about: 'a reconciliation takes what came late of a deleted backup for a foreign set',
    comparison: (deps) => ({ ...deps, lateMs: 0 }),
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
