import { expect, it } from 'vitest';
import { countDeath, restartDelayMs } from './backoff.ts';

it.each([
  [1, 250],
  [2, 500],
  [5, 4_000],
  [6, 8_000],
  [7, 10_000],
  [500, 10_000],
])('after death %i in a row it waits %i ms', (deaths, delayMs) => expect(restartDelayMs(deaths)).toBe(delayMs));

it('counts deaths in a row, and begins anew after a good run', () => {
  expect(countDeath(0, 100)).toBe(1);
  expect(countDeath(3, 29_999)).toBe(4);
  expect(countDeath(3, 30_000)).toBe(1);
});
