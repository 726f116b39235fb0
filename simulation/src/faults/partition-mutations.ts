import type { History } from '@tandem/history/ports/history.ts';
import { RELEASED_MS } from '@tandem/worker/background/leader.ts';
import type { Mutation } from '../mutations/mutation.ts';

/** Its lease is not released, and lasts from one try to the next. */
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
