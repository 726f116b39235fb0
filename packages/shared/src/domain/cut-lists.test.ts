import { expect, it } from 'vitest';
import { cutLists } from './cut-lists.ts';

const numbers = (length: number) => Array.from({ length }, (_, at) => at);

it('cuts every list at any depth, and names those that were longer', () => {
  const value = { names: numbers(5), short: [1, 2], nested: [{ found: numbers(3), at: null }], text: 'abc' };
  expect(cutLists(value, 2)).toEqual({
    value: { names: [0, 1], short: [1, 2], nested: [{ found: [0, 1], at: null }], text: 'abc' },
    truncated: [
      { list: 'names', count: 5 },
      { list: 'nested.0.found', count: 3 },
    ],
  });
});

it('leaves a value with short lists as it is', () => {
  const at = new Date(0);
  const value = { names: ['a'], at, absent: undefined, none: null };
  expect(cutLists(value)).toEqual({ value, truncated: [] });
});

it('holds a hundred entries unless the caller says otherwise', () => {
  expect(cutLists(numbers(101))).toEqual({ value: numbers(100), truncated: [{ list: '', count: 101 }] });
  expect(cutLists(numbers(100)).truncated).toEqual([]);
});
