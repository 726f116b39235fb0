import type { OperationLedger } from '@tandem/history/ports/ledger.ts';

/** A claim's time, kept on a clock that a sleeping process cannot deceive. */
export type Lease = {
  /** Throws LeaseLost where the claim may be another's by now: to be called right before every call that changes the engine. */
  readonly assertHeld: () => void;
  readonly release: () => void;
};

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export type KeepLeaseOptions = {
  /** What it is a lease on, for messages. */
  readonly of: string;
  /** False: it is another's by now. */
  readonly renew: () => Promise<boolean>;
  readonly leaseMs: number;
  /** Monotonic milliseconds, and when the claim was asked for: the database counts from no earlier. */
  readonly now: () => number;
  readonly claimedAt: number;
  readonly every: (ms: number, task: () => void) => () => void;
  readonly onError: (error: unknown) => void;
};

/** Renewed every third of its time until it is released. A tenth of it is kept as a margin for the way to the engine. */
export const keepLease = (options: KeepLeaseOptions): Lease => {
  const { leaseMs, now, claimedAt, every, onError } = options;
  let heldUntil = claimedAt + leaseMs;
  let lost = false;

  const renew = async (): Promise<void> => {
    const asked = now();
    try {
      if (await options.renew()) heldUntil = asked + leaseMs;
      else lost = true;
    } catch (error) {
      onError(error);
    }
  };
  const release = every(leaseMs / 3, () => void renew());
  const assertHeld = () => {
    if (lost || now() > heldUntil - leaseMs / 10) throw new LeaseLost(`the lease on ${options.of} has run out`);
  };
  return { assertHeld, release };
};

export type LeaseOptions = Omit<KeepLeaseOptions, 'of' | 'renew'> & {
  readonly ledger: Pick<OperationLedger, 'renew'>;
  readonly operationId: string;
  readonly revision: number;
};

/** Of one tick, while it runs. */
export const holdLease = ({ ledger, operationId, revision, ...options }: LeaseOptions): Lease =>
  keepLease({
    ...options,
    of: `operation ${operationId}`,
    renew: () => ledger.renew(operationId, revision, options.leaseMs),
  });
