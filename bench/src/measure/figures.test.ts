import { expect, it } from 'vitest';
import { inTurn, median, quantile } from './figures.ts';

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

it.each([
  [0.5, 5],
  [0.95, 10],
  [0, 1],
  [1, 10],
])('quantile %d of 1 to 10 is %d', (share, expected) => {
  expect(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share)).toBe(expected);
});

it('lets everybody be first in turn', () => {
  expect([0, 1, 2, 3].map((round) => inTurn(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
});
