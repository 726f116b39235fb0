import type { FarLease, OperationLedger } from '@tandem/history/port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';

export type WatchClock = {
  readonly history: Pick<OperationLedger, 'farLeases' | 'endLease'>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
};

export type ClockWatch = {
  /**
   * Compares the clock of PostgreSQL with the monotonic one. Every process does it, whoever leads. False: the answer came too late to tell a
   * jump by it. Rejects with HISTORY_UNREACHABLE.
   */
  readonly observe: () => Promise<boolean>;
  /** By how much the clock of PostgreSQL jumped forward while this process was alive, all in all. */
  readonly jumpedMs: () => number;
};

const AT_ONCE = 100;
/** Shorter differences are a clock that is being adjusted. An answer that took longer says too little: its process may have been stopped. */
const JUMP_MS = 5_000;

type Comparison = {
  readonly database: number;
  /** Monotonic milliseconds. */
  readonly askedAt: number;
  readonly answeredAt: number;
};

type Seen = { readonly until: string; readonly since: number };

/**
 * Clocks jump. Forward: what no worker claimed for so long by that clock was not unclaimed for so long, so that nothing is suspended for it.
 * Back: leases lie in the future. One further ahead than its length is ended once its row has not changed for that length, on the monotonic
 * clock: a holder that lives renews it.
 */
export const watchClock = ({ history, now, log }: WatchClock): ClockWatch => {
  let seen = new Map<string, Seen>();
  let last: Comparison | undefined;
  let jumpedMs = 0;

  /** Neither answer says when between its request and its arrival PostgreSQL read its clock: a jump is certain from the least it can have been. */
  const compare = (next: Comparison): void => {
    const before = last ?? next;
    last = next;
    const passedMs = next.database - before.database;
    const leastMs = passedMs - (next.answeredAt - before.askedAt);
    const mostMs = passedMs - (next.askedAt - before.answeredAt);
    const jumpMs = leastMs > 0 ? mostMs : Math.min(mostMs, 0);
    if (leastMs >= JUMP_MS || mostMs <= -JUMP_MS)
      log.warn({ jumpMs: Math.round(jumpMs) }, 'the clock of PostgreSQL jumped');
    if (leastMs >= JUMP_MS) jumpedMs += jumpMs;
  };
  const endIfUnchanged = async (lease: FarLease, since: number): Promise<void> => {
    if (now() - since < lease.leaseMs || !(await history.endLease(lease))) return;
    log.warn({ lease }, 'ended a lease that lay too far ahead and was not renewed');
  };

  return {
    observe: async () => {
      const askedAt = now();
      const { now: database, leases } = await history.farLeases(AT_ONCE);
      const answeredAt = now();
      const isPrompt = answeredAt - askedAt < JUMP_MS;
      if (isPrompt) compare({ database: database.getTime(), askedAt, answeredAt });
      const before = seen;
      seen = new Map(
        leases.map(({ on, id, until }) => {
          const known = before.get(`${on}/${id}`);
          return [`${on}/${id}`, { until, since: known?.until === until ? known.since : now() }];
        }),
      );
      for (const lease of leases) await endIfUnchanged(lease, seen.get(`${lease.on}/${lease.id}`)?.since ?? now());
      return isPrompt;
    },
    jumpedMs: () => jumpedMs,
  };
};
