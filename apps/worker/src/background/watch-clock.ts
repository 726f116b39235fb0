import type { FarLease, OperationLedger } from '@tandem/history/ports/ledger.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { NowSince } from '../jobs/job.ts';

export type WatchClock = {
  readonly history: Pick<OperationLedger, 'farLeases' | 'endLease'>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
};

export type ClockWatch = {
  /**
   * Compares the clock of PostgreSQL with the monotonic clock, in every process. False: the response took too long to detect a jump. Rejects
   * with HISTORY_UNREACHABLE.
   */
  readonly observe: () => Promise<boolean>;
  /** How much the clock of PostgreSQL has jumped forward in total while this process was alive. */
  readonly jumpedMs: () => number;
  /** Compares the clocks first. Time before the start of this process is not counted. */
  readonly nowSince: NowSince;
};

/** Stands for a clock without jumps. */
export const steadyClock: ClockWatch = {
  observe: async () => true,
  jumpedMs: () => 0,
  nowSince: async (_, now) => now,
};

const AT_ONCE = 100;
/** Shorter differences are normal clock adjustments. A response that took longer is ignored: the process may have been paused. */
const JUMP_MS = 5_000;

type Comparison = {
  readonly database: number;
  /** Monotonic milliseconds. */
  readonly sentAt: number;
  readonly answeredAt: number;
};

/** The clock of PostgreSQL between two jumps. */
type Stretch = {
  /** The bounds of its reading. */
  readonly from: number;
  readonly to: number;
  /** Its last reading, and the monotonic time by which it was taken. */
  readonly database: number;
  readonly at: number;
};

const MAX_STRETCHES = 100;

type Seen = { readonly until: string; readonly since: number };

/**
 * Detects clock jumps. Forward: operations seem to be unclaimed for longer than they are, and must not be suspended for it. Backward: leases
 * end too far in the future. A lease that ends further ahead than its length is ended once its row has not changed for that length on the
 * monotonic clock, since a live holder would have renewed it.
 */
export const watchClock = ({ history, now, log }: WatchClock): ClockWatch => {
  let seen = new Map<string, Seen>();
  let last: Comparison | undefined;
  let jumpedMs = 0;
  let beganAt: number | undefined;
  let stretches: readonly Stretch[] = [];

  /** PostgreSQL may have read its clock at any time between request and response, so only the minimum difference is a certain jump. */
  const compare = (next: Comparison): void => {
    const before = last ?? next;
    last = next;
    beganAt ??= next.answeredAt;
    const passedMs = next.database - before.database;
    const minMs = passedMs - (next.answeredAt - before.sentAt);
    const maxMs = passedMs - (next.sentAt - before.answeredAt);
    const jumpMs = minMs > 0 ? maxMs : Math.min(maxMs, 0);
    const hasJumped = minMs >= JUMP_MS || maxMs <= -JUMP_MS;
    if (hasJumped) log.warn({ jumpMs: Math.round(jumpMs) }, 'the clock of PostgreSQL jumped');
    if (minMs >= JUMP_MS) jumpedMs += jumpMs;
    const reading = { database: next.database, at: next.answeredAt };
    const current = stretches.at(-1);
    // updated each time: two clocks drift apart over weeks
    if (current !== undefined && !hasJumped) stretches = [...stretches.slice(0, -1), { ...current, ...reading }];
    else {
      const from = next.database - (next.answeredAt - before.sentAt);
      const ended = stretches.slice(0, -1);
      if (current !== undefined) ended.push({ ...current, to: current.database + next.answeredAt - current.at });
      stretches = [...ended, { from, to: Number.POSITIVE_INFINITY, ...reading }].slice(-MAX_STRETCHES);
    }
  };
  /**
   * The minimum time since then: a time that occurs in two stretches is taken as the later one, and time before the start of this process is not
   * counted.
   */
  const elapsedSince = (time: number): number => {
    const stretch = stretches.findLast(({ from, to }) => time >= from && time <= to);
    if (stretch === undefined) return beganAt === undefined ? 0 : now() - beganAt;
    return Math.max(0, now() - (stretch.at + time - stretch.database));
  };
  const endIfUnchanged = async (lease: FarLease, since: number): Promise<void> => {
    if (now() - since < lease.leaseMs || !(await history.endLease(lease))) return;
    log.warn({ lease }, 'ended a lease that was too far in the future and not renewed');
  };

  const observe = async (): Promise<boolean> => {
    const sentAt = now();
    const { now: database, leases } = await history.farLeases(AT_ONCE);
    const answeredAt = now();
    const isPrompt = answeredAt - sentAt < JUMP_MS;
    if (isPrompt) compare({ database: database.getTime(), sentAt, answeredAt });
    const before = seen;
    seen = new Map(
      leases.map(({ on, id, until }) => {
        const known = before.get(`${on}/${id}`);
        return [`${on}/${id}`, { until, since: known?.until === until ? known.since : now() }];
      }),
    );
    for (const lease of leases) await endIfUnchanged(lease, seen.get(`${lease.on}/${lease.id}`)?.since ?? now());
    return isPrompt;
  };

  return {
    observe,
    jumpedMs: () => jumpedMs,
    nowSince: async (since, given) => {
      const elapsedMs = (await observe()) ? elapsedSince(since.getTime()) : 0;
      return new Date(Math.min(given.getTime(), since.getTime() + elapsedMs));
    },
  };
};
