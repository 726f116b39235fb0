import { expect, it } from 'vitest';
import { failingForMs, readFailingTime } from './failing-time.ts';

const at = (ms: number) => new Date(1_000_000 + ms);
const last = { ms: 20_000, at: at(0).toISOString(), inMs: 5_000 };

it.each([
  ['the first try counts for what it took', undefined, 0, 7_000, 7_000],
  ['a gap of its backoff counts', last, 5_000, 1_000, 26_000],
  ['a shorter gap counts for what it was', last, 2_000, 0, 22_000],
  ['a clock that jumped 5 h forward counts for the backoff', last, 18_000_000, 0, 25_000],
  ['a clock that was put back counts for nothing', last, -600_000, 1_000, 21_000],
] as const)('%s', (_, before, now, tookMs, expected) => {
  expect(failingForMs({ last: before, now: at(now), tookMs })).toBe(expected);
});

it.each([
  [{ failing: last, limited: {} }, last],
  [{ failing: null }, undefined],
  [{ failing: 'long' }, undefined],
  [{}, undefined],
])('reads how long an operation has been failing from its detail: %j', (detail, expected) => {
  expect(readFailingTime(detail)).toEqual(expected);
});
