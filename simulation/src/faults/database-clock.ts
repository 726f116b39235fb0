import { derivedRandom, type Random } from '../chance/random.ts';
import type { Scheduler } from '../chance/scheduler.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { newComparisons } from './clock-comparisons.ts';

type Jump = { readonly atMs: number; readonly byMs: number };

/** The clock of PostgreSQL. It jumps, and is corrected later; the monotonic clocks of processes do not. */
export type DatabaseClock = {
  /** Whether it jumps at all in this run. */
  readonly isUnsteady: boolean;
  /** By how much it is ahead of virtual time now. */
  readonly aheadMs: () => number;
  /** All jumps forward since then, until `until`. */
  readonly forwardMs: (since: number, until?: number) => number;
  readonly backwardMs: (since: number) => number;
  /** To be called when PostgreSQL tells a process its time, and once the process has compared that with its own clock. */
  readonly onRead: (process: string) => void;
  readonly onCompared: (process: string) => void;
  /**
   * Jumps forward since then that the process cannot know of: before it first compared, undone and made again while it was stopped, or too
   * small to tell from a slow answer.
   */
  readonly unnoticedMs: (since: number, process: string) => number;
  /** When it jumped last; 0: not yet. */
  readonly lastJumpAt: () => number;
  /** Begins the jumps. */
  readonly start: () => void;
  readonly events: { onJump: (byMs: number) => void };
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Share of the runs in which the clock jumps. */
const SHARE = 0.15;

type Excursion = { readonly atMs: number; readonly byMs: number; readonly forMs: number };

const drawExcursion = (random: Random, withinMs: number): Excursion => {
  const [min, max] = random.pick(SIZES) ?? [1, 1];
  const sign = random.chance(0.75) ? 1 : -1;
  return {
    atMs: random.between(0, withinMs),
    byMs: sign * random.between(min, max),
    forMs: random.between(0, random.pick([500, 10_000, withinMs]) ?? withinMs),
  };
};

/** A clock that is adjusted; a virtual machine that was moved; a wrong server of time; beyond the retry limits of a day. */
const SIZES = [
  [100, 20_000],
  [2 * MINUTE_MS, 15 * MINUTE_MS],
  [HOUR_MS, 6 * HOUR_MS],
  [HOUR_MS, 6 * HOUR_MS],
  [13 * HOUR_MS, 30 * HOUR_MS],
] as const;

/** In half of these runs operations are suspended after so short a time that every jump matters. */
export const withUnsteadyClock = (scenario: Scenario): Scenario => {
  const random = derivedRandom(scenario.seed, 'patience');
  if (!isUnsteady(scenario.seed) || scenario.absence !== undefined || !random.chance(0.5)) return scenario;
  return { ...scenario, suspendAfterMs: random.between(60_000, 100_000), decides: 0.75 };
};

const isUnsteady = (seed: number): boolean => derivedRandom(seed, 'unsteady clock').chance(SHARE);

export const newDatabaseClock = (
  { seed, faultsForMs }: Scenario,
  scheduler: Scheduler,
  trace: ((line: string) => void) | undefined,
): DatabaseClock => {
  const random = derivedRandom(seed, 'clock of PostgreSQL');
  const jumps: Jump[] = [];
  const events = { onJump: (_byMs: number): void => undefined };
  const comparisons = newComparisons(scheduler.now);
  const sum = (sign: 1 | -1, since: number, until = scheduler.now()): number =>
    jumps
      .filter(({ atMs, byMs }) => Math.sign(byMs) === sign && atMs >= since && atMs <= until)
      .reduce((total, { byMs }) => total + Math.abs(byMs), 0);

  const aheadMs = (): number => jumps.reduce((total, { byMs }) => total + byMs, 0);

  const jump = (byMs: number): void => {
    trace?.(`world  the clock of PostgreSQL jumps by ${byMs} ms`);
    jumps.push({ atMs: scheduler.now(), byMs });
    events.onJump(byMs);
  };
  const start = (): void => {
    const excursions = isUnsteady(seed)
      ? Array.from({ length: random.between(1, 3) }, () => drawExcursion(random, faultsForMs))
      : [];
    for (const { atMs, byMs, forMs } of excursions) {
      scheduler.after(atMs, () => jump(byMs));
      scheduler.after(atMs + forMs, () => jump(-byMs));
    }
  };

  return {
    isUnsteady: isUnsteady(seed),
    aheadMs,
    forwardMs: (since, until) => sum(1, since, until),
    backwardMs: (since) => sum(-1, since),
    onRead: (process) => comparisons.onRead(process, aheadMs()),
    onCompared: comparisons.onCompared,
    unnoticedMs: (since, process) => sum(1, since) - comparisons.noticedMs(since, process),
    lastJumpAt: () => jumps.at(-1)?.atMs ?? 0,
    start,
    events,
  };
};
