import { expect, it } from 'vitest';
import { ALERTS, clearFacts, inPlace, POSITIONS } from '../restore-plan.fixture.ts';
import { targetBlockers } from './target-blockers.ts';

const rename = { pattern: '(.+)', replacement: 'copy-$1' };
const planned = (index: string, as: string) => ({ part: 1, index, as, documents: null, bytes: null });
const there = { name: ALERTS, uuid: 'i1', open: true, primaries: 1, replicas: 0 };

it.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
  [
    'names as saved',
    [
      [ALERTS, ALERTS],
      [POSITIONS, POSITIONS],
    ],
    [],
  ],
  [
    'other names',
    [
      [ALERTS, 'a'],
      [POSITIONS, 'b'],
    ],
    [],
  ],
  [
    'one name for two indices',
    [
      [ALERTS, 'a'],
      [POSITIONS, 'a'],
      ['c', 'd'],
    ],
    [`${ALERTS} -> a`, `${POSITIONS} -> a`],
  ],
  [
    'the name of another one',
    [
      [ALERTS, POSITIONS],
      [POSITIONS, POSITIONS],
    ],
    [`${ALERTS} -> ${POSITIONS}`, `${POSITIONS} -> ${POSITIONS}`],
  ],
  [
    'a name that engines refuse',
    [
      [ALERTS, '_a'],
      [POSITIONS, 'b'],
    ],
    [`${ALERTS} -> _a`],
  ],
  ['a name as saved, whatever the engine that took it allowed', [['_a', '_a']], []],
])('a restore under %s', (_, pairs, found) => {
  const restores = pairs.map(([index, as]) => planned(index, as));
  const expected = found.length === 0 ? [] : [{ code: 'TARGET_INVALID', found }];
  expect(targetBlockers({ ...inPlace, rename }, clearFacts, restores)).toMatchObject(expected);
});

it('says what would become of indices that are there: in place they would be mixed with the restored ones', () => {
  const messageOf = (request: object) =>
    targetBlockers(
      { ...inPlace, ...request },
      { ...clearFacts, existing: [there, { ...there, name: 'x', open: false }] },
      [],
    );
  expect(messageOf({})).toMatchObject([
    { code: 'INDICES_PRESENT', found: [ALERTS, 'x (closed)'], message: expect.stringContaining('would be mixed') },
  ]);
  expect(messageOf({ rename })).toMatchObject([{ message: 'Indices are there under the names to restore to.' }]);
  expect(messageOf({ deleteExisting: true })).toEqual([]);
});
