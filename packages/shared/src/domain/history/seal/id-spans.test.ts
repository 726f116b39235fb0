import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areSpans, hasId, type IdSpans, idsBetween, sizeOf, spansOf, spanWords, union, without } from './id-spans.ts';

const ids = fc.uniqueArray(fc.integer({ min: -5, max: 30 }), { maxLength: 20 });
const spans = (numbers: readonly number[]): IdSpans => spansOf(numbers.map(String));
const listed = (set: IdSpans): readonly number[] =>
  Array.from({ length: 40 }, (_, at) => at - 7).filter((id) => hasId(set, String(id)));
const sorted = (numbers: readonly number[]) => numbers.toSorted((one, other) => one - other);

it('are sets: what is in the union, what is left', () => {
  fc.assert(
    fc.property(ids, ids, (some, others) => {
      const [one, other] = [spans(some), spans(others)];
      expect(listed(one)).toEqual(sorted(some));
      expect(listed(union(one, other))).toEqual(sorted([...new Set([...some, ...others])]));
      expect(listed(without(one, other))).toEqual(sorted(some.filter((id) => !others.includes(id))));
      expect(Number(sizeOf(one))).toBe(some.length);
      for (const set of [one, union(one, other), without(one, other)]) expect(areSpans(set)).toBe(true);
    }),
  );
});

it('are written in one way', () => {
  expect(spansOf(['12', '4', '5', '6', '9007199254740993'])).toEqual([
    ['4', '6'],
    ['12', '12'],
    ['9007199254740993', '9007199254740993'],
  ]);
  expect(idsBetween('3', '3')).toEqual([]);
  expect(idsBetween('3', '5')).toEqual([['4', '5']]);
  expect(
    areSpans([
      ['4', '5'],
      ['6', '6'],
    ]),
  ).toBe(false);
  expect(areSpans([['5', '4']])).toBe(false);
  expect(
    spanWords([
      ['4', '9'],
      ['12', '12'],
    ]),
  ).toBe('4 to 9, 12');
});
