import type { History } from '@tandem/history/ports/history.ts';
import { readFailingTime } from '@tandem/shared/domain/failure/failing-time.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { OperationJobHandler } from '@tandem/worker/jobs/job.ts';
import type { Mutation } from '../mutations/mutation.ts';
import { QUIET_MS } from '../scenario/timing.ts';

const withFarLeases =
  (change: (answer: Far) => Partial<Far>) =>
  (history: History): History => ({
    ...history,
    farLeases: async (limit) => {
      const answer = await history.farLeases(limit);
      return { ...answer, ...change(answer) };
    },
  });

type Far = Awaited<ReturnType<History['farLeases']>>;

/** A gap between two tries counts, however long. */
const withWholeGaps = (history: History): History => ({
  ...history,
  claim: async (operationId, options) => {
    const claim = await history.claim(operationId, options);
    if (!claim.claimed) return claim;
    const { detail } = claim.operation;
    const failing = readFailingTime(detail);
    if (failing === undefined) return claim;
    const endless = { ...failing, inMs: Number.MAX_SAFE_INTEGER };
    return { ...claim, operation: { ...claim.operation, detail: { ...detail, failing: endless } } };
  },
});

const aheadMs = ({ detail: { absentSince }, now }: ClaimedOperation): number =>
  typeof absentSince === 'string' ? Date.parse(absentSince) - now.getTime() : 0;

/** A quiet period that was begun by a clock that was ahead lasts until the clock has caught up. */
const waitingForClock =
  (handler: OperationJobHandler): OperationJobHandler =>
  async (operation, tools) =>
    aheadMs(operation) > 0
      ? { tries: 'progress', outcome: { do: 'wait', inMs: aheadMs(operation) + QUIET_MS } }
      : handler(operation, tools);

/** The deliberate defects of what a jumping clock meets. */
export const clockMutations = {
  'gaps-count-whole': { about: 'the time between two tries counts, however long it was', history: withWholeGaps },
  'far-leases-stay': {
    about: 'a lease that ends too far in the future is waited for',
    clockHistory: withFarLeases(() => ({ leases: [] })),
  },
  'living-lease-ended': {
    about: 'a lease that ends too far in the future is ended at once, whether its holder lives or not',
    clockHistory: withFarLeases(({ leases }) => ({ leases: leases.map((lease) => ({ ...lease, leaseMs: 0 })) })),
  },
  'jumps-not-noticed': {
    about: 'nobody notices that the clock of PostgreSQL jumped forward',
    clockHistory: withFarLeases(() => ({ now: new Date(0) })),
  },
  'quiet-until-clock': {
    about: 'a quiet period lasts until a clock that was put back has caught up',
    handler: waitingForClock,
  },
} as const satisfies Readonly<Record<string, Mutation & { readonly about: string }>>;
