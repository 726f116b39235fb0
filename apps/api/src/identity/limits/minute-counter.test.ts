import type { SharedCounts } from '@tandem/queue/counts-port.ts';
import { inMemorySharedCounts } from '@tandem/queue/in-memory/shared-counts.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type MinuteCounterOptions, minuteCounter } from './minute-counter.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const counterOn = (shared: SharedCounts, more: Partial<MinuteCounterOptions> = {}) =>
  minuteCounter({ name: 'requests', shared, ...more });

it('counts each key by itself, in windows of a minute', async () => {
  const counter = counterOn(inMemorySharedCounts());
  expect(await counter.add('a')).toEqual({ count: 1, endsInMs: 60_000 });
  await vi.advanceTimersByTimeAsync(20_000);
  const second = await counter.add('a');
  expect(second.count).toBe(2);
  // the shared window began with the first exchange, a second later
  expect(second.endsInMs).toBe(41_000);
  expect(await counter.add('b')).toMatchObject({ count: 1 });
  await vi.advanceTimersByTimeAsync(42_000);
  expect(await counter.add('a')).toMatchObject({ count: 1 });
});

it('learns within a second what other replicas count, and they what it counts', async () => {
  const shared = inMemorySharedCounts();
  const [one, other] = [counterOn(shared), counterOn(shared)];
  await Promise.all(Array.from({ length: 5 }, () => one.add('a')));
  await other.add('a');
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all([one.add('a'), other.add('a')]);
  await vi.advanceTimersByTimeAsync(1_000);
  // seven and three of its own
  expect((await one.add('a')).count).toBeGreaterThan(7);
  expect((await other.add('a')).count).toBeGreaterThan(7);
});

it('counts for itself, at once, while Redis does not respond', async () => {
  const away: SharedCounts = { add: () => new Promise(() => undefined), close: async () => undefined };
  const counter = counterOn(away);
  for (let nth = 1; nth <= 3; nth += 1) {
    expect(await counter.add('a')).toMatchObject({ count: nth });
    await vi.advanceTimersByTimeAsync(1_500);
  }
});

it('keeps its counts when Redis fails, and shares again when it is back', async () => {
  const shared = inMemorySharedCounts();
  let isAway = true;
  const failing: SharedCounts = {
    add: (key, amount) => (isAway ? Promise.reject(new Error('away')) : shared.add(key, amount)),
    close: shared.close,
  };
  const counter = counterOn(failing);
  await counter.add('a');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await counter.add('a')).toMatchObject({ count: 2 });
  await vi.advanceTimersByTimeAsync(2_000);
  isAway = false;
  await shared.add('requests:a', 100);
  await counter.add('a');
  await vi.advanceTimersByTimeAsync(1_000);
  expect((await counter.add('a')).count).toBeGreaterThan(100);
});

it('holds a bounded number of keys: those beyond it share one count', async () => {
  const counter = counterOn(inMemorySharedCounts(), { maxKeys: 2 });
  await counter.add('a');
  await counter.add('b');
  expect(await counter.add('c')).toMatchObject({ count: 1 });
  expect(await counter.add('d')).toMatchObject({ count: 2 });
  expect(await counter.add('a')).toMatchObject({ count: 2 });
  await vi.advanceTimersByTimeAsync(61_000);
  expect(await counter.add('d')).toMatchObject({ count: 1 });
});
