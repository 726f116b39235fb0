import { expect, it } from 'vitest';
import { cutList } from './cut-list.ts';
import { nameList } from './name-list.ts';

const names = (count: number) => Array.from({ length: count }, (_, at) => `index-${at}`);

it('counts all entries of a list, cut or not', () => {
  expect(cutList('indices', names(2))).toEqual({ indices: ['index-0', 'index-1'], count: 2 });
  const { indices, count } = cutList('indices', names(101));
  expect([indices.length, indices.at(-1), count]).toEqual([100, 'index-99', 101]);
  const two = { max: 1, count: 'writtenCount' } as const;
  expect(cutList('written', names(2), two)).toEqual({ written: ['index-0'], writtenCount: 2 });
});

it('names the first and says how many more there are', () => {
  expect([nameList([]), nameList(names(2))]).toEqual(['', 'index-0, index-1']);
  expect(nameList(names(20))).not.toContain('more');
  expect(nameList(names(21))).toMatch(/, index-19 and 1 more$/);
  expect(nameList(names(4), { max: 2, between: '; ' })).toBe('index-0; index-1 and 2 more');
});
