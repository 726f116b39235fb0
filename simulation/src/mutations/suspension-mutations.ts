import type { History } from '@tandem/history/ports/history.ts';
import type { Claim, ClaimOptions } from '@tandem/history/ports/ledger.ts';
import type { Mutation } from './mutation.ts';

const command = { actor: { kind: 'system', name: 'worker' }, reason: undefined, requestId: undefined } as const;

/** Whoever finds an operation suspended goes on with it. */
const withSuspendedClaimed = (history: History): History => ({
  ...history,
  claim: async (operationId, options) => {
    const claim = await history.claim(operationId, options);
    if (claim.claimed || claim.why !== 'suspended') return claim;
    await history.releaseOperation(operationId, command);
    return history.claim(operationId, options);
  },
});

/** Nothing is ever too old. */
const withoutSuspending = (history: History): History => ({
  ...history,
  suspendOperations: async () => [],
  claim: (operationId, options) => history.claim(operationId, { ...options, suspendAfterMs: Number.MAX_SAFE_INTEGER }),
});

/** A suspended create stays where it was in the line of its repository, and nobody gets past it. */
const withLaneKept = (history: History): History => {
  const suspended = new Set<string>();
  const queued = ({ queuedRetryMs }: ClaimOptions): Claim => ({
    claimed: false,
    why: 'queued',
    dueInMs: queuedRetryMs,
  });
  return {
    ...history,
    suspendOperations: async (...given) => {
      const found = await history.suspendOperations(...given);
      for (const { operationId, kind } of found) if (kind === 'create') suspended.add(operationId);
      return found;
    },
    releaseOperation: async (operationId, by) => {
      const released = await history.releaseOperation(operationId, by);
      if (released.done) suspended.delete(operationId);
      return released;
    },
    claim: async (operationId, options) => (suspended.size > 0 ? queued(options) : history.claim(operationId, options)),
  };
};

/** The deliberate defects of suspended operations. */
export const suspensionMutations = {
  'suspended-is-claimed': { about: 'a worker resumes what is suspended', history: withSuspendedClaimed },
  'never-suspended': { about: 'what nobody claimed for too long is carried out', history: withoutSuspending },
  'suspended-holds-place': { about: 'a suspended create blocks the others', history: withLaneKept },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
