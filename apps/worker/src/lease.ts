import type { OperationLedger } from '@tandem/history/ports/ledger.ts';

/** The time of a claim, measured on a clock that also advances while the process is suspended. */
export type Lease = {
  /** Throws LeaseLost if another worker may hold the claim now. Call it immediately before every call that changes the engine. */
  readonly assertHeld: () => void;
  readonly release: () => void;
};

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export type KeepLeaseOptions = {
  /** Describes what is leased, for messages. */
  readonly of: string;
  /** False: another process holds it now. */
  readonly renew: () => Promise<boolean>;
  readonly leaseMs: number;
  /** Monotonic time at which the claim was sent: the database starts counting no earlier. */
  readonly now: () => number;
  readonly claimedAt: number;
  readonly every: (ms: number, task: () => void) => () => void;
  readonly onError: (error: unknown) => void;
};

/** Renews the lease every third of its length until it is released. A tenth is reserved as a margin for the latency to the engine. */
export const keepLease = (options: KeepLeaseOptions): Lease => {
  const { leaseMs, now, claimedAt, every, onError } = options;
  let heldUntil = claimedAt + leaseMs;
  let lost = false;

  const renew = async (): Promise<void> => {
    const sentAt = now();
    try {
      if (await options.renew()) heldUntil = sentAt + leaseMs;
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

/** Holds the lease of one tick while it runs. */
export const holdLease = ({ ledger, operationId, revision, ...options }: LeaseOptions): Lease =>
  keepLease({
    ...options,
    of: `operation ${operationId}`,
    renew: () => ledger.renew(operationId, revision, options.leaseMs),
  });
