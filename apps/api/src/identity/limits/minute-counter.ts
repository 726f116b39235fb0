import type { SharedCounts } from '@tandem/queue/counts-port.ts';
import { every } from '@tandem/runtime/process/every.ts';
import { RateLimiterMemory } from 'rate-limiter-flexible';

export type Counted = {
  /** How often the key was counted in this minute, as far as this process knows. */
  readonly count: number;
  readonly endsInMs: number;
};

export type MinuteCounter = {
  /** Counts one, and never waits for another process. */
  readonly add: (key: string) => Promise<Counted>;
  readonly close: () => void;
};

export type MinuteCounterOptions = {
  /** What is counted; keeps the shared counts of several counters apart. */
  readonly name: string;
  /** What all replicas count. */
  readonly shared: SharedCounts;
  /** How often this process exchanges its counts with the others. */
  readonly shareEveryMs?: number;
  /** Max keys a minute with a count of their own; those beyond it share one. */
  readonly maxKeys?: number;
};

const MINUTE_S = 60;
const SHARE_EVERY_MS = 1_000;
const MAX_KEYS = 10_000;
/** Keys that exchange their counts in one round; the others take their turn in the next. */
const MAX_SHARED_AT_ONCE = 200;
const EVERYONE_ELSE = 'everyone else';

/**
 * Counts in the memory of this process, and learns from Redis what the other replicas counted. No request waits for Redis: while it is away each replica
 * counts for itself, and with it a limit may be exceeded by what the replicas accept between two exchanges.
 */
export const minuteCounter = ({
  name,
  shared,
  shareEveryMs = SHARE_EVERY_MS,
  maxKeys = MAX_KEYS,
}: MinuteCounterOptions): MinuteCounter => {
  const memory = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: MINUTE_S });
  const known = boundedKeys(maxKeys);
  const unshared = new Map<string, number>();
  let sharing = false;

  const shareOne = async (key: string, amount: number): Promise<void> => {
    const { count, endsInMs } = await shared.add(`${name}:${key}`, amount);
    // what was counted meanwhile is not in it yet
    await memory.set(key, count + (unshared.get(key) ?? 0), Math.max(endsInMs, 1) / 1_000);
  };
  const share = async (): Promise<void> => {
    if (sharing || unshared.size === 0) return;
    sharing = true;
    const turn = takeFirst(unshared, MAX_SHARED_AT_ONCE);
    const results = await Promise.allSettled(turn.map(([key, amount]) => shareOne(key, amount)));
    // Redis is away, and reports that itself: what waits would be late by then
    if (results.some(({ status }) => status === 'rejected')) unshared.clear();
    sharing = false;
  };
  const stopSharing = every(shareEveryMs, () => void share());
  const stopForgetting = every(MINUTE_S * 1_000, known.forget);

  return {
    async add(given) {
      const key = known.has(given) ? given : EVERYONE_ELSE;
      unshared.set(key, (unshared.get(key) ?? 0) + 1);
      const { consumedPoints, msBeforeNext } = await memory.penalty(key);
      return { count: consumedPoints, endsInMs: msBeforeNext };
    },
    close() {
      stopSharing();
      stopForgetting();
    },
  };
};

/** Removes them. */
const takeFirst = <Key, Value>(entries: Map<Key, Value>, max: number): readonly (readonly [Key, Value])[] => {
  const taken: (readonly [Key, Value])[] = [];
  for (const [key, value] of entries) {
    if (taken.length === max) break;
    taken.push([key, value]);
    entries.delete(key);
  }
  return taken;
};

/** Whoever can send from many addresses must not fill the memory. */
const boundedKeys = (max: number) => {
  const keys = new Set<string>();
  return {
    has: (key: string): boolean => {
      if (!keys.has(key) && keys.size >= max) return false;
      keys.add(key);
      return true;
    },
    forget: () => keys.clear(),
  };
};
