import { expect, it } from 'vitest';
import { isFailure } from '../failure/failure.ts';
import type { PlannedIndex } from './plan/plan-facts.ts';
import { type RehearsalSelection, rehearsalSample } from './rehearsal-sample.ts';

const index = (part: number, name: string, bytes: number | null): PlannedIndex => ({
  ...{ part, index: name, as: name, bytes },
  documents: null,
});
const planned = [index(1, 'small', 1), index(1, 'tiny', null), index(2, 'big', 90), index(2, 'bigger', 100)];

const cases: readonly [RehearsalSelection, readonly string[] | undefined][] = [
  ['all', undefined],
  [1, ['bigger', 'small']],
  [2, ['bigger', 'small']],
  [3, ['big', 'bigger', 'small']],
  [4, undefined],
  [400, undefined],
  [['tiny'], ['tiny']],
  [
    ['tiny', 'tiny', 'big'],
    ['big', 'tiny'],
  ],
  [['tiny', 'big', 'bigger', 'small'], undefined],
];

it.each(cases)('%j -> %j', (selection, chosen) => {
  expect(rehearsalSample(planned, selection)).toEqual(chosen);
});

it.each(cases)('%j -> %j, in whatever order the indices are planned', (selection, chosen) => {
  for (const order of [planned.toReversed(), [...planned.slice(1), ...planned.slice(0, 1)]])
    expect(rehearsalSample(order, selection)).toEqual(chosen);
});

it('chooses by name where indices are as big as each other', () => {
  const same = [index(1, 'b', 5), index(1, 'a', 5), index(1, 'c', null), index(1, 'd', null)];
  for (const order of [same, same.toReversed()]) {
    expect(rehearsalSample(order, 1)).toEqual(['a']);
    expect(rehearsalSample(order, 3)).toEqual(['a', 'b', 'c']);
  }
});

it('refuses names that the backup does not hold, and says which', () => {
  const refused = () => rehearsalSample(planned, ['big', 'strange']);
  expect(refused).toThrow(/strange/);
  try {
    refused();
  } catch (error) {
    expect(isFailure(error, 'REQUEST_INVALID') && error.data).toEqual({
      field: 'indices',
      found: ['strange'],
      count: 1,
    });
  }
});
