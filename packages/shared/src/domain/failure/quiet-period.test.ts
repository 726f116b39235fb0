import { expect, it } from 'vitest';
import { quietPeriod } from './quiet-period.ts';

it.each([
  ['begins now where it has not begun', undefined, 10_000, 1_000],
  ['goes on', 9_400, 9_400, 400],
  ['is over', 8_000, 8_000, 0],
  ['begins again after the clock was put back', 18_010_000, 10_000, 1_000],
])('a quiet period %s', (_, since, from, leftMs) => {
  const period = quietPeriod(since === undefined ? undefined : new Date(since), 1_000, new Date(10_000));
  expect(period).toEqual({ since: new Date(from), leftMs });
});
