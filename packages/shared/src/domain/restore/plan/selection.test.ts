import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../ownership/index-content.ts';
import { chosenOf, consequences, INCONSISTENCIES, type SelectionNames, selectionNeeds } from './selection.ts';

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
const needsOf = (chosen: readonly string[], { all = ALL, live = [] }: Partial<SelectionNames> = {}) =>
  selectionNeeds(P, { chosen, all, live });
/** Made since the backup was: a process was deployed, another version of Optimize started. */
const NEWER = 'optimize-process-instance-new_v8';
const NEWER_POSITIONS = 'optimize-position-based-import-index_v4';

describe('a selection is consistent', () => {
  it.each<[string, readonly string[]]>([
    ['of user content', USER],
    ['of one index of user content', ['optimize-alert_v4']],
    ['of positions and imported data, all of both', [...POSITIONS, ...IMPORTED]],
    ['of these and user content', [...POSITIONS, ...IMPORTED, 'optimize-alert_v4']],
    ['of the complete backup', ALL],
    ['of the complete backup, in another order', ALL.toReversed()],
  ])('%s', (_what, chosen) => {
    expect(needsOf(chosen, { live: [] })).toBeUndefined();
    expect(needsOf(chosen, { live: ALL })).toBeUndefined();
  });

  it.each<[string, readonly string[], Partial<SelectionNames>]>([
    ['user content, whatever stays', USER, { live: [...ALL, NEWER, NEWER_POSITIONS] }],
    ['a safety backup of user content', USER, { all: USER, live: [...ALL, NEWER] }],
    [
      'a safety backup of imported data, where no positions stay',
      IMPORTED,
      { all: IMPORTED, live: [...IMPORTED, ...USER] },
    ],
    [
      'positions and imported data, where other user content stays',
      [...POSITIONS, ...IMPORTED],
      { live: ['optimize-dashboard_v7'] },
    ],
  ])('of %s', (_what, chosen, more) => {
    expect(needsOf(chosen, more)).toBeUndefined();
  });
});

describe('what the backup does not hold and what stays makes a selection inconsistent', () => {
  const PAIR = [...POSITIONS, ...IMPORTED];
  it.each<[string, readonly string[], Partial<SelectionNames>, object]>([
    [
      'newer imported data, with all positions and imported data',
      PAIR,
      { live: [...ALL, NEWER] },
      { why: ['twice'], stay: [NEWER], found: sorted(PAIR) },
    ],
    ['newer imported data, with positions alone', POSITIONS, { live: [NEWER] }, { why: ['twice'], stay: [NEWER] }],
    ['newer imported data, with imported data alone', IMPORTED, { live: [NEWER] }, { why: ['gaps'], stay: [NEWER] }],
    [
      'newer positions, with all positions and imported data',
      PAIR,
      { live: [NEWER_POSITIONS] },
      { why: ['gaps'], stay: [NEWER_POSITIONS] },
    ],
    [
      'newer imported data, with the complete backup',
      ALL,
      { live: [...ALL, NEWER] },
      { why: ['twice', 'metadata', 'settings', 'unknown'], stay: [NEWER] },
    ],
    [
      'imported data, with a safety backup of positions',
      POSITIONS,
      { all: POSITIONS, live: ALL },
      { why: ['twice'], stay: sorted(IMPORTED) },
    ],
    [
      'positions, with a safety backup of imported data',
      IMPORTED,
      { all: IMPORTED, live: ALL },
      { why: ['gaps'], stay: sorted(POSITIONS) },
    ],
    [
      'anything, with a safety backup of metadata',
      [METADATA],
      { all: [METADATA], live: [METADATA, ...USER] },
      { why: ['metadata'], stay: sorted(USER) },
    ],
  ])('%s', (_what, chosen, more, expected) => {
    expect(needsOf(chosen, more)).toMatchObject({ ...expected, add: [] });
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
    expect(needsOf(chosen)).toMatchObject({ ...needs, stay: [] });
  });

  it('imported data of a backup without positions, as some safety backups are: only all of it fits', () => {
    const held = [...IMPORTED, ...USER];
    expect(needsOf(IMPORTED, { all: held })).toMatchObject({
      found: sorted(IMPORTED),
      why: ['gaps'],
      add: sorted(USER),
    });
    expect(needsOf(held, { all: held })).toBeUndefined();
    expect(needsOf(POSITIONS, { all: [...POSITIONS, ...USER] })).toMatchObject({ why: ['twice'] });
  });
});

/** What is there, of which some was made since the backup, and what is restored of it. */
const drawn = fc
  .record({
    all: fc.subarray(ALL, { minLength: 1 }),
    live: fc.subarray([...ALL, NEWER, NEWER_POSITIONS, 'optimize-dashboard_v7']),
  })
  .chain((both) => fc.subarray([...both.all], { minLength: 1 }).map((chosen) => ({ ...both, chosen })));

it('what is to be added makes any selection consistent, and nothing less of that kind does; where something stays, nothing does', () => {
  fc.assert(
    fc.property(drawn, ({ chosen, all, live }) => {
      const found = needsOf(chosen, { all, live });
      if (found === undefined) return;
      const { add, stay } = found;
      expect([...add, ...stay].filter((name) => chosen.includes(name))).toEqual([]);
      expect(found.found.length).toBeGreaterThan(0);
      expect(found.found.every((name) => chosen.includes(name))).toBe(true);
      if (stay.length > 0) {
        expect(add).toEqual([]);
        expect(stay.every((name) => live.includes(name) && !all.includes(name))).toBe(true);
        expect(needsOf(all, { all, live })).toBeDefined();
        return;
      }
      expect(needsOf([...chosen, ...add], { all, live })).toBeUndefined();
      for (const name of add)
        expect(needsOf([...chosen, ...add.filter((one) => one !== name)], { all, live })).toBeDefined();
    }),
    { numRuns: 1_000 },
  );
});

it('after a consistent selection positions and imported data are of the same time, and so is what must fit all', () => {
  const among = (names: readonly string[], content: string) => names.filter((name) => contentOf(P, name) === content);
  fc.assert(
    fc.property(drawn, ({ chosen, all, live }) => {
      if (needsOf(chosen, { all, live }) !== undefined) return;
      const stay = live.filter((name) => !chosen.includes(name));
      if (among(chosen, 'positions').length > 0) expect(among(stay, 'imported')).toEqual([]);
      if (among(chosen, 'imported').length > 0) expect(among(stay, 'positions')).toEqual([]);
      if (chosen.some((name) => REST.includes(name))) expect(stay).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

it('user content alone never needs anything', () => {
  fc.assert(
    fc.property(fc.subarray(ALL, { minLength: 1 }), (chosen) => {
      const isUser = chosen.every((name) => contentOf(P, name) === 'user');
      if (isUser) expect(needsOf(chosen, { live: [...ALL, NEWER] })).toBeUndefined();
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
