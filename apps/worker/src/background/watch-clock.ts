import type { FarLease, OperationLedger } from '@tandem/history/port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';

export type WatchClock = {
  readonly history: Pick<OperationLedger, 'farLeases' | 'endLease'>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
};

export type ClockWatch = {
  /** Compares the clock of PostgreSQL with the monotonic one. Every process does it, whoever leads. Rejects with HISTORY_UNREACHABLE. */
  readonly observe: () => Promise<void>;
  /** By how much the clock of PostgreSQL jumped forward while this process was alive, all in all. */
  readonly jumpedMs: () => number;
};

const AT_ONCE = 100;
/** Shorter differences are a slow answer, or a clock that is being adjusted. */
const JUMP_MS = 5_000;

type Seen = { readonly until: string; readonly since: number };

/**
 * Clocks jump. Forward: what no worker claimed for so long by that clock was not unclaimed for so long, so that nothing is suspended for it.
 * Back: leases lie in the future. One further ahead than its length is ended once its row has not changed for that length, on the monotonic
 * clock: a holder that lives renews it.
 */
export const watchClock = ({ history, now, log }: WatchClock): ClockWatch => {
  let seen = new Map<string, Seen>();
  let last: { readonly database: number; readonly monotonic: number } | undefined;
  let jumpedMs = 0;

  const compare = (database: number): void => {
    const monotonic = now();
    const jump = last === undefined ? 0 : database - last.database - (monotonic - last.monotonic);
    last = { database, monotonic };
    if (Math.abs(jump) >= JUMP_MS) log.warn({ jumpMs: Math.round(jump) }, 'the clock of PostgreSQL jumped');
    if (jump >= JUMP_MS) jumpedMs += jump;
  };
  const endIfUnchanged = async (lease: FarLease, since: number): Promise<void> => {
    if (now() - since < lease.leaseMs || !(await history.endLease(lease))) return;
    log.warn({ lease }, 'ended a lease that lay too far ahead and was not renewed');
  };

  return {
    observe: async () => {
      const { now: database, leases } = await history.farLeases(AT_ONCE);
      compare(database.getTime());
      const before = seen;
      seen = new Map(
        leases.map(({ on, id, until }) => {
          const known = before.get(`${on}/${id}`);
          return [`${on}/${id}`, { until, since: known?.until === until ? known.since : now() }];
        }),
      );
      for (const lease of leases) await endIfUnchanged(lease, seen.get(`${lease.on}/${lease.id}`)?.since ?? now());
    },
    jumpedMs: () => jumpedMs,
  };
};
