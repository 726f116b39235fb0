import { expect, it } from 'vitest';
import { ALERTS, clearFacts, inPlace } from '../restore-plan.fixture.ts';
import { installationBlockers, leftOutBlockers, ownershipBlockers } from './ownership-blockers.ts';

const rename = { pattern: '(.+)', replacement: 'copy-$1' };
const index = (name: string) => ({ name, uuid: `u-${name}`, open: true, primaries: 1, replicas: 0 });

it('the backup of another installation is restored under other names alone', () => {
  const other = { ...clearFacts, ownPrefix: 'acme' };
  expect(installationBlockers(inPlace, clearFacts)).toEqual([]);
  expect(installationBlockers(inPlace, other)).toMatchObject([{ code: 'OTHER_INSTALLATION', found: ['optimize'] }]);
  expect(installationBlockers({ ...inPlace, rename }, other)).toEqual([]);
});

it('a backup of which every index is left out is not restored', () => {
  const restored = { part: 2, index: ALERTS, as: ALERTS, documents: null, bytes: null };
  expect(leftOutBlockers(clearFacts, [], [{ index: 'a' }, { index: 'b' }])).toMatchObject([
    { code: 'NOTHING_TO_RESTORE', found: ['a', 'b'] },
  ]);
  expect(leftOutBlockers(clearFacts, [restored], [{ index: 'a' }])).toEqual([]);
  expect(leftOutBlockers(clearFacts, [], [])).toEqual([]);
});

it('indices that nobody decided about are named with lists to copy: sorted, each once, with what was decided before', () => {
  const undecided = ['c', 'a'].map(index);
  const way = { deletable: [], undecided, foreign: [index('theirs')] };
  const blockers = ownershipBlockers({ ...inPlace, deleteUnknown: ['b', 'a'], keepUnknown: ['d'] }, way);
  expect(blockers).toMatchObject([
    { code: 'INDICES_PRESENT', found: ['theirs'] },
    { code: 'UNKNOWN_INDICES', found: ['c', 'a'] },
  ]);
  expect(blockers[1]?.remedy).toContain('"deleteUnknown": ["a","b","c"] together with "deleteExisting": true');
  expect(blockers[1]?.remedy).toContain('"keepUnknown": ["a","c","d"]');
});
