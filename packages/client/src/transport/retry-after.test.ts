import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-11-22T01:00:00Z');

it.each([
  [null, undefined],
  ['5', 5000],
  [' 0 ', 0],
  ['Sun, 22 Nov 2026 01:00:10 GMT', 10_000],
  ['Sun, 22 Nov 2026 00:00:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
])('%j -> %s', (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
