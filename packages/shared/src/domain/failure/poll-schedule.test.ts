import { expect, it } from 'vitest';
import { nextPollInMs } from './poll-schedule.ts';

it.each([
  [0, 100],
  [1_000, 100],
  [5_000, 250],
  [3_600_000, 10_000],
])('after %i ms of running the next poll is in %i ms', (running, expected) => {
  expect(nextPollInMs({ minMs: 100, maxMs: 10_000 }, running)).toBe(expected);
});
