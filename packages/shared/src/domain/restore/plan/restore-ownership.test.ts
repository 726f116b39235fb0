import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATIC_NAMES } from '../../ownership/index-catalogue.ts';
import type { PlanFacts, RestoreRequest } from './plan-facts.ts';
import { inTheWay, leftOut, notOursNow, restoreOwnership, wronglyNamed } from './restore-ownership.ts';

const SAVED = ['optimize-metadata_v3', 'optimize-alert_v4'];
const OTHERS = ['optimize-staging-metadata_v3', 'optimize-staging-alert_v4', 'optimize-zeebe-record_x'];
const request = (more: Partial<RestoreRequest> = {}): RestoreRequest => ({
  ...{ rename: undefined, deleteExisting: true, acceptVersion: undefined, only: undefined, copy: false },
  acceptDiskShort: false,
  dropAllocation: false,
  ...{ deleteUnknown: [], keepUnknown: [], ...more },
});
const index = (name: string) => ({ name, uuid: `uuid of ${name}`, open: true, primaries: 1, replicas: 0 });
const facts = (saved: readonly string[], there: readonly string[]): Pick<PlanFacts, 'existing' | 'ownership'> => ({
  existing: there.map(index),
  ownership: restoreOwnership('optimize', saved, there),
});
const way = (given: Pick<PlanFacts, 'existing' | 'ownership'>, more: Partial<RestoreRequest> = {}) => {
  const { deletable, undecided, foreign } = inTheWay(request(more), given);
  const names = (some: readonly { readonly name: string }[]) => some.map(({ name }) => name);
  return { deletable: names(deletable), undecided: names(undecided), foreign: names(foreign) };
};

describe('what is in the way of a restore', () => {
  it('is deletable where it is known, and nothing else is', () => {
    const given = facts(SAVED, [...SAVED, 'optimize-settings_v3', 'optimize-new_v1', ...OTHERS]);
    expect(way(given)).toEqual({
      deletable: [...SAVED, 'optimize-settings_v3'],
      undecided: ['optimize-new_v1'],
      foreign: OTHERS,
    });
  });

  it('follows the two lists for what is ambiguous or unknown, whether the backup holds it or not', () => {
    const there = ['optimize-event-metadata_v3', 'optimize-event-process-definition_v5', 'optimize-new_v1'];
    const ambiguous = there.slice(1);
    for (const saved of [SAVED, [...SAVED, ...ambiguous]]) {
      const given = facts(saved, there);
      expect(way(given).undecided).toEqual(ambiguous);
      expect(way(given, { deleteUnknown: ambiguous })).toMatchObject({ deletable: ambiguous, undecided: [] });
      expect(way(given, { keepUnknown: ambiguous })).toMatchObject({ deletable: [], undecided: [] });
    }
  });

  it('is unknown where it has the form that the backup does not hold', () => {
    const later = ['optimize-optimize-metadata_v3', 'optimize-optimize-alert_v4'];
    expect(way(facts(SAVED, later))).toMatchObject({ deletable: [], undecided: later });
    expect(way(facts(later, SAVED))).toMatchObject({ deletable: [], undecided: SAVED });
    expect(way(facts([...SAVED, ...later], later))).toMatchObject({ deletable: later, undecided: [] });
    const ownership = restoreOwnership('optimize', SAVED, later);
    expect(later.map((name) => ownership.get(name))).toMatchObject(later.map((name) => ({ name, class: 'unknown' })));
    expect(SAVED.map((name) => ownership.get(name)?.class)).toEqual(['known', 'known']);
  });

  it('under a name outside the prefix has to be named', () => {
    const given = facts(SAVED, ['x-optimize-alert_v4', 'tandem-rehearsal-0-optimize-alert_v4']);
    const outside = { existing: given.existing, ownership: restoreOwnership('optimize', SAVED, []) };
    expect(way(outside)).toEqual({
      ...{ deletable: [], undecided: ['x-optimize-alert_v4'] },
      foreign: ['tandem-rehearsal-0-optimize-alert_v4'],
    });
    const rename = { pattern: '(.+)', replacement: 'x-$1' };
    expect(way(outside, { rename })).toEqual(way(outside));
    expect(way(outside, { rename, deleteExisting: false })).toMatchObject({
      deletable: given.existing.map(({ name }) => name),
    });
    expect(way(outside, { deleteUnknown: ['x-optimize-alert_v4'] }).deletable).toEqual(['x-optimize-alert_v4']);
  });
});

describe('what a restore leaves out', () => {
  const ownership = restoreOwnership('optimize', [...SAVED, 'optimize-new_v1', '.security-7', ...OTHERS], []);
  it.each([
    ['optimize-alert_v4', undefined, {}],
    ['optimize-new_v1', undefined, {}],
    ['optimize-new_v1', 'kept', { keepUnknown: ['optimize-new_v1'] }],
    ['optimize-staging-alert_v4', 'otherInstallation', {}],
    ['optimize-zeebe-record_x', 'otherComponent', {}],
    ['.security-7', 'outside', {}],
    ['optimize-staging-alert_v4', undefined, { rename: { pattern: '(.+)', replacement: 'x-$1' } }],
    ['.security-7', undefined, { rename: { pattern: '(.+)', replacement: 'x-$1' } }],
  ])('of %s is %s with %j', (name, why, more) => {
    const as = 'rename' in more ? `x-${name}` : name;
    const found = leftOut(request(more), { ownership }, { index: name, as });
    expect(found).toEqual(why === undefined ? undefined : { index: name, why });
  });
});

describe('the two lists of a request', () => {
  const given = facts(SAVED, [...SAVED, 'optimize-new_v1', ...OTHERS]);
  it.each([
    [['optimize-new_v1'], [], []],
    [[], ['optimize-new_v1'], []],
    [['optimize-new_v1'], ['optimize-new_v1'], ['optimize-new_v1 (in both lists)']],
    [['optimize-alert_v4'], [], ['optimize-alert_v4 (known)']],
    [[], ['optimize-staging-alert_v4'], ['optimize-staging-alert_v4 (otherInstallation)']],
    [['optimize-gone_v1'], [], ['optimize-gone_v1 (not there, or not in the way)']],
  ])('delete %j, keep %j: wrong are %j', (deleteUnknown, keepUnknown, wrong) => {
    expect(wronglyNamed({ deleteUnknown, keepUnknown }, given)).toEqual(wrong);
  });
});

describe('right before a deletion', () => {
  it('finds what another installation could own by then', () => {
    const deletes = ['optimize-event-process-definition_v5', 'optimize-alert_v4', 'optimize-new_v1'];
    const now = (...more: readonly string[]) => restoreOwnership('optimize', SAVED, [...deletes, ...more]);
    expect(notOursNow(now(), deletes, ['optimize-new_v1'])).toEqual([]);
    expect(notOursNow(now(), deletes, [])).toEqual(['optimize-new_v1']);
    expect(notOursNow(now('optimize-event-metadata_v3'), deletes, ['optimize-new_v1'])).toEqual([deletes[0]]);
    expect(
      notOursNow(now('optimize-new-metadata_v3', 'optimize-new-x'), [...deletes, 'optimize-new-x'], ['optimize-new-x']),
    ).toEqual([...deletes.slice(2), 'optimize-new-x']);
  });

  it('lets through no index of another installation, whatever is named', () => {
    const x = fc.stringMatching(/^[a-z]{3,8}$/).filter((one) => !['process', 'decision', 'camunda'].includes(one));
    fc.assert(
      fc.property(x, fc.boolean(), (other, named) => {
        const theirs = STATIC_NAMES.map((name) => `optimize-${other}-${name}_v3`);
        const ownership = restoreOwnership('optimize', SAVED, [...SAVED, ...theirs]);
        const through = theirs.filter((name) => notOursNow(ownership, [name], named ? theirs : []).length === 0);
        // what both could own goes where the operator names it
        const ambiguous = theirs.filter((name) => ownership.get(name)?.class === 'ambiguous');
        expect(through).toEqual(named ? ambiguous : []);
      }),
    );
  });
});
