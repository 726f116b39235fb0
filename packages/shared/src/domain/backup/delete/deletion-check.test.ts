import { expect, it } from 'vitest';
import type { Manifest } from '../../restore/manifest/manifest.ts';
import { type DeletionCheck, type DoomedIndex, deletionCheck, savedOperations } from './deletion-check.ts';

const at = (operations: number) => ({ is: 'measured', operations }) as const;
const closed = { is: 'closed' } as const;
const unknown = { is: 'unknown' } as const;
const base: DoomedIndex = { index: 'a', open: true, operations: 5, planned: 5, saved: at(5) };
const check = (doomed: Partial<DoomedIndex>, more: Partial<DeletionCheck> = {}) =>
  deletionCheck({
    ...{ indices: [{ ...base, ...doomed }], hasSafetyBackup: true, acceptUnsaved: [], begun: false },
    ...more,
  });
const withoutSafety = { hasSafetyBackup: false };

it.each<[string, Partial<DoomedIndex>, Partial<DeletionCheck>, string | undefined]>([
  ['unchanged since it was saved', {}, {}, undefined],
  ['written to since it was saved', { operations: 6 }, {}, 'INDICES_WRITTEN'],
  ['written to between plan and safety backup, not since', { planned: 3 }, {}, undefined],
  ['with fewer operations than were saved', { operations: 4 }, {}, 'INDICES_WRITTEN'],
  ['saved and red now', { operations: undefined }, {}, 'RESTORE_UNSAFE'],
  ['saved and closed now', { operations: undefined, open: false }, {}, 'RESTORE_UNSAFE'],
  ['saved without a figure, unchanged since the plan', { saved: unknown }, {}, undefined],
  ['saved without a figure, written to since the plan', { saved: unknown, operations: 6 }, {}, 'INDICES_WRITTEN'],
  ['saved without a figure, and planned without one', { saved: unknown, planned: null }, {}, 'RESTORE_UNSAFE'],
  [
    'saved without a figure, planned without one, and red',
    { saved: unknown, planned: null, operations: undefined },
    {},
    'RESTORE_UNSAFE',
  ],
  [
    'saved without a figure, planned without one, and closed',
    { saved: unknown, planned: null, operations: undefined, open: false },
    {},
    'RESTORE_UNSAFE',
  ],
  [
    'saved without a figure, of a plan that measured nothing',
    { saved: unknown, planned: undefined, operations: undefined },
    {},
    'RESTORE_UNSAFE',
  ],
  ['saved without a figure, and closed', { saved: unknown, open: false, operations: undefined }, {}, 'RESTORE_UNSAFE'],
  ['saved closed, and closed', { saved: closed, open: false, operations: undefined, planned: null }, {}, undefined],
  ['saved closed, and open', { saved: closed }, {}, 'RESTORE_UNSAFE'],
  ['saved without a figure, and accepted', { saved: unknown }, { acceptUnsaved: ['a'] }, undefined],
  ['saved, red now, and accepted', { operations: undefined }, { acceptUnsaved: ['a'] }, undefined],
  ['saved, written to, and accepted', { operations: 6 }, { acceptUnsaved: ['a'] }, 'INDICES_WRITTEN'],
  ['not saved, accepted, as planned', { saved: undefined }, { acceptUnsaved: ['a'] }, undefined],
  ['not saved, accepted, written to', { saved: undefined, operations: 6 }, { acceptUnsaved: ['a'] }, 'INDICES_WRITTEN'],
  ['not saved, as planned', { saved: undefined }, withoutSafety, undefined],
  ['not saved, written to since the plan', { saved: undefined, operations: 6 }, withoutSafety, 'INDICES_WRITTEN'],
  [
    'not saved, unmeasured as planned',
    { saved: undefined, operations: undefined, planned: null },
    withoutSafety,
    undefined,
  ],
  ['not saved, measured now', { saved: undefined, planned: null }, withoutSafety, 'RESTORE_UNSAFE'],
  ['not saved, red since the plan', { saved: undefined, operations: undefined }, withoutSafety, 'RESTORE_UNSAFE'],
  ['not saved, of a plan that measured nothing', { saved: undefined, planned: undefined }, withoutSafety, undefined],
  ['not in the safety backup', { saved: undefined }, {}, 'RESTORE_UNSAFE'],
  ['missing in the safety backup of such a plan', { saved: undefined, planned: undefined }, {}, 'RESTORE_UNSAFE'],
])('an index %s', (_what, doomed, more, code) => {
  expect(check(doomed, more)?.code).toBe(code);
});

it('says what was written, what to do, and that nothing was deleted', () => {
  expect(check({ operations: 7 })?.message).toBe(
    'Indices to be deleted were written to since the safety backup saved them: a (5 operations, now 7). Stop Optimize, then create a new plan. Nothing was deleted.',
  );
  expect(check({ operations: 7, saved: undefined }, withoutSafety)?.message).toMatch(
    /written to since the plan: a \(5/,
  );
  expect(check({ saved: unknown, planned: null }, { begun: true })?.message).toMatch(
    /others may have been deleted before\.$/,
  );
});

it('names 20 of many, and finds what was written first', () => {
  const indices = Array.from({ length: 25 }, (_, nth) => ({
    ...base,
    index: `i${nth}`,
    operations: nth === 0 ? undefined : 6,
  }));
  const reason = deletionCheck({ indices, hasSafetyBackup: true, acceptUnsaved: [], begun: false });
  expect(reason?.message).toMatch(/and 4 more\. Stop Optimize/);
  expect(reason?.data).toMatchObject({ unmeasured: ['i0'], unmeasuredCount: 1, writtenCount: 24 });
  expect(reason?.data.written).toHaveLength(24);
});

it('reads what a manifest kept of an index', () => {
  const shape = { createdVersion: 8_537_000, primaries: 1, replicas: 0, mapping: '', settings: '', aliases: '' };
  const figures = { documents: 1, operations: 9, primaryBytes: 1 };
  const before: Manifest = {
    shapes: [
      { ...shape, name: 'a' },
      { ...shape, name: 'b' },
      { ...shape, name: 'c', open: true },
    ],
    figures: [{ ...figures, name: 'a' }],
    templates: '',
  };
  const manifests = { before, after: undefined };
  expect(savedOperations('a', manifests)).toEqual(at(9));
  expect(savedOperations('b', manifests)).toEqual(closed);
  expect(savedOperations('c', manifests)).toEqual(unknown);
  expect(savedOperations('d', manifests)).toEqual(unknown);
  expect(savedOperations('a', undefined)).toEqual(unknown);
});

it('says that indices were written to since they were saved only where all of them were measured then', () => {
  const indices = [
    { ...base, operations: 6 },
    { ...base, index: 'b', operations: 6, saved: unknown },
  ];
  const reason = deletionCheck({ indices, hasSafetyBackup: true, acceptUnsaved: [], begun: false });
  expect(reason?.message).toMatch(/written to since the plan: a \(5 operations, now 6\), b \(5 /);
});

it('names the indices that cannot be compared', () => {
  expect(check({ operations: undefined })?.message).toMatch(/since they were saved or planned with: a\. Stop/);
});
