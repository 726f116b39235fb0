import type { History } from '@tandem/history/ports/history.ts';
import type { Mutation } from '../mutations/mutation.ts';

/** A lease of a background task that is made short to give it back. */
const RELEASED_MS = 1;

/** It is not given back, and lasts from one try to the next. */
const withLeadershipKept = (history: History): History => ({
  ...history,
  takeLease: async (name, holder, leaseMs) => leaseMs === RELEASED_MS || history.takeLease(name, holder, leaseMs * 1.5),
});

/** The deliberate defects of what a process meets that cannot reach one of the servers for long. */
export const partitionMutations = {
  'leader-never-resigns': {
    about: 'a process that cannot do a background task keeps it from all others',
    history: withLeadershipKept,
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
