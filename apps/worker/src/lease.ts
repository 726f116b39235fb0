import type { OperationLedger } from '@tandem/history/port.ts';

/** A claim's time, kept on a clock that a sleeping process cannot deceive. */
export type Lease = {
  /** Throws LeaseLost where the claim may be another's by now: to be called right before every call that changes the engine. */
  readonly assertHeld: () => void;
  readonly release: () => void;
};

export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export type LeaseOptions = {
  readonly ledger: Pick<OperationLedger, 'renew'>;
  readonly operationId: string;
  readonly revision: number;
  readonly leaseMs: number;
  /** Monotonic milliseconds, and when the claim was asked for: the database counts from no earlier. */
  readonly now: () => number;
  readonly claimedAt: number;
  readonly every: (ms: number, task: () => void) => () => void;
  readonly onError: (error: unknown) => void;
};

/** Renewed every third of its time while the tick runs. A tenth of it is kept as a margin for the way to the engine. */
export const holdLease = (options: LeaseOptions): Lease => {
  const { ledger, operationId, revision, leaseMs, now, claimedAt, every, onError } = options;
  let heldUntil = claimedAt + leaseMs;
  let lost = false;

  const renew = async (): Promise<void> => {
    const asked = now();
    try {
      if (await ledger.renew(operationId, revision, leaseMs)) heldUntil = asked + leaseMs;
      else lost = true;
    } catch (error) {
      onError(error);
    }
  };
  const release = every(leaseMs / 3, () => void renew());
  const assertHeld = () => {
    if (lost || now() > heldUntil - leaseMs / 10)
      throw new LeaseLost(`the lease on operation ${operationId} has run out`);
  };
  return { assertHeld, release };
};
