import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../ownership/index-content.ts';
import { chosenOf, consequences, INCONSISTENCIES, selectionNeeds } from './selection.ts';

const P = 'optimize';
const POSITIONS = ['optimize-import-index_v3', 'optimize-timestamp-based-import-index_v5'];
const IMPORTED = ['optimize-process-definition_v6', 'optimize-process-instance-invoice_v8'];
const USER = ['optimize-alert_v4', 'optimize-dashboard_v6', 'optimize-single-process-report_v10'];
const REST = ['optimize-metadata_v3', 'optimize-settings_v2', 'optimize-report-archive_v1'];
const [METADATA, SETTINGS, UNKNOWN] = REST as [string, string, string];
const ALL = [...POSITIONS, ...IMPORTED, ...USER, ...REST];
const [FIRST = ''] = POSITIONS;
const [DEFINITIONS = ''] = IMPORTED;
const sorted = (names: readonly string[]) => [...names].sort();
const without = (...names: readonly string[]) => sorted(ALL.filter((name) => !names.includes(name)));

describe('a selection is consistent', () => {
  it.each<[string, readonly string[]]>([
    ['of user content', USER],
    ['of one index of user content', ['optimize-alert_v4']],
    ['of positions and imported data, all of both', [...POSITIONS, ...IMPORTED]],
    ['of these and user content', [...POSITIONS, ...IMPORTED, 'optimize-alert_v4']],
    ['of the complete backup', ALL],
    ['of the complete backup, in another order', ALL.toReversed()],
  ])('%s', (_what, chosen) => {
    expect(selectionNeeds(P, chosen, ALL)).toBeUndefined();
  });
});

describe('a selection is not consistent', () => {
  it.each<[string, readonly string[], object]>([
    ['imported data without positions', IMPORTED, { found: sorted(IMPORTED), why: ['gaps'], add: sorted(POSITIONS) }],
    ['positions without data', POSITIONS, { found: sorted(POSITIONS), why: ['twice'], add: sorted(IMPORTED) }],
    [
      'some imported data with all positions',
      [...POSITIONS, DEFINITIONS],
      { found: sorted([...POSITIONS, DEFINITIONS]), why: ['twice'], add: ['optimize-process-instance-invoice_v8'] },
    ],
    [
      'all imported data with some positions',
      [FIRST, ...IMPORTED],
      { found: sorted([FIRST, ...IMPORTED]), why: ['gaps'], add: ['optimize-timestamp-based-import-index_v5'] },
    ],
    [
      'some of both, with user content',
      [FIRST, DEFINITIONS, ...USER],
      {
        found: sorted([FIRST, DEFINITIONS]),
        why: ['gaps', 'twice'],
        add: sorted(['optimize-timestamp-based-import-index_v5', 'optimize-process-instance-invoice_v8']),
      },
    ],
    ['metadata alone', [METADATA], { found: [METADATA], why: ['metadata'], add: without(METADATA) }],
    [
      'metadata with all that is imported',
      [METADATA, ...POSITIONS, ...IMPORTED],
      { found: [METADATA], why: ['metadata'], add: without(METADATA, ...POSITIONS, ...IMPORTED) },
    ],
    [
      'settings with user content',
      [SETTINGS, ...USER],
      { found: [SETTINGS], why: ['settings'], add: without(SETTINGS, ...USER) },
    ],
    ['an unknown index', [UNKNOWN], { found: [UNKNOWN], why: ['unknown'], add: without(UNKNOWN) }],
  ])('%s', (_what, chosen, needs) => {
    expect(selectionNeeds(P, chosen, ALL)).toMatchObject(needs);
  });

  it('imported data of a backup without positions, as some safety backups are: only all of it fits', () => {
    const held = [...IMPORTED, ...USER];
    expect(selectionNeeds(P, IMPORTED, held)).toMatchObject({
      found: sorted(IMPORTED),
      why: ['gaps'],
      add: sorted(USER),
    });
    expect(selectionNeeds(P, held, held)).toBeUndefined();
    expect(selectionNeeds(P, POSITIONS, [...POSITIONS, ...USER])).toMatchObject({ why: ['twice'] });
  });
});

it('what is to be added makes any selection consistent, and nothing less of that kind does', () => {
  fc.assert(
    fc.property(fc.subarray(ALL, { minLength: 1 }), (chosen) => {
      const needs = selectionNeeds(P, chosen, ALL);
      if (needs === undefined) return;
      expect(needs.add.filter((name) => chosen.includes(name))).toEqual([]);
      expect(needs.found.every((name) => chosen.includes(name))).toBe(true);
      expect(selectionNeeds(P, [...chosen, ...needs.add], ALL)).toBeUndefined();
      for (const name of needs.add)
        expect(selectionNeeds(P, [...chosen, ...needs.add.filter((one) => one !== name)], ALL)).toBeDefined();
    }),
  );
});

it('user content alone never needs anything', () => {
  fc.assert(
    fc.property(fc.subarray(ALL, { minLength: 1 }), (chosen) => {
      const isUser = chosen.every((name) => contentOf(P, name) === 'user');
      if (isUser) expect(selectionNeeds(P, chosen, ALL)).toBeUndefined();
    }),
  );
});

it('only a restore in place of named indices is one of chosen indices', () => {
  const there = [{ name: 'a' }, { name: 'b' }];
  const request = { rename: undefined, only: ['a'], copy: false };
  expect(chosenOf(request, there)).toEqual([{ name: 'a' }]);
  expect(chosenOf({ ...request, only: undefined }, there)).toEqual(there);
  expect(chosenOf({ ...request, rename: { pattern: '(.+)', replacement: 'x-$1' } }, there)).toEqual(there);
  expect(chosenOf({ ...request, copy: true }, there)).toEqual(there);
});

it('has a sentence for each consequence', () => {
  expect(new Set(INCONSISTENCIES.map((one) => consequences([one]))).size).toBe(INCONSISTENCIES.length);
  expect(consequences(['gaps', 'twice'])).toContain('imported twice');
});
