import { expect, it } from 'vitest';
import type { RestorePlan } from '../plan/planned-restore.ts';
import { partKey } from './restore-memory.ts';
import { restoreParts, selectionOf } from './restore-parts.ts';
import { MAX_REPORTED, restoredSelection } from './restored-selection.ts';

const planned = (part: number, index: string) => ({ part, index, as: index, documents: null, bytes: null });
const plan: Pick<RestorePlan, 'parts' | 'restores' | 'aliasesLeftOff'> = {
  parts: [
    { number: 1, snapshot: 'one', uuid: 'u1', skipped: true },
    { number: 2, snapshot: 'two', uuid: 'u2' },
  ],
  restores: [planned(2, 'a'), planned(2, 'b')],
  aliasesLeftOff: [],
};
const index = (name: string) => ({ index: name, as: name });
const two = { number: 2, snapshot: 'two', uuid: 'u2' };
const leftOff = { index: 'b', alias: 'alias', writeIndices: ['x'], add: 'POST /_aliases {}' };

it('a part without a chosen index is no call, and is remembered', () => {
  expect(restoreParts(plan)).toEqual([{ ...two, indices: [index('a'), index('b')] }]);
  expect(selectionOf(plan)).toEqual({ skippedParts: [1] });
});

it('indices that come back without aliases are a call of their own, with a progress of its own', () => {
  const parts = restoreParts({ ...plan, aliasesLeftOff: [leftOff] });
  expect(parts).toEqual([
    { ...two, indices: [index('b')], withoutAliases: true },
    { ...two, indices: [index('a')] },
  ]);
  expect(parts.map(partKey)).toEqual(['2 without aliases', '2']);
  expect(selectionOf({ ...plan, aliasesLeftOff: [leftOff] })).toEqual({ skippedParts: [1], aliasesLeftOff: [leftOff] });
});

it('the report lists the chosen indices, and the aliases that were left off', () => {
  const task = {
    rename: undefined,
    only: ['a', 'b'],
    copy: false,
    parts: restoreParts(plan),
    aliasesLeftOff: [leftOff],
  };
  expect(restoredSelection(task)).toEqual({
    ...{ indices: ['a', 'b'], count: 2, skippedParts: [] },
    aliasesLeftOff: [leftOff],
  });
  expect(restoredSelection({ ...task, only: undefined })).toBeUndefined();
  const many = Array.from({ length: MAX_REPORTED + 1 }, (_, at) => index(`i${at}`));
  expect(restoredSelection({ ...task, parts: [{ indices: many }] })).toMatchObject({ count: MAX_REPORTED + 1 });
  expect(restoredSelection({ ...task, parts: [{ indices: many }] })?.indices).toHaveLength(MAX_REPORTED);
});
