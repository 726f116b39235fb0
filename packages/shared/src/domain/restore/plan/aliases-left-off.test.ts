import { describe, expect, it } from 'vitest';
import { aliasesLeftOff, UNRECORDED } from './aliases-left-off.ts';
import type { AliasOwner } from './cluster-facts.ts';
import type { PlanFacts, PlannedIndex, RestoreRequest } from './plan-facts.ts';
import { ALERTS, clearFacts, inPlace, POSITIONS, withShape } from './restore-plan.fixture.ts';

const planned = (index: string, part: number): PlannedIndex => ({
  ...{ part, index, as: index, documents: null, bytes: null },
});
const saved = [planned(POSITIONS, 1), planned(ALERTS, 2)];
const [, alerts] = saved as [PlannedIndex, PlannedIndex];
const chosen: RestoreRequest = { ...inPlace, only: [ALERTS] };

/** Saved with these aliases, of which other indices own some by now. */
const leftOff = (
  writes: Readonly<Record<string, boolean | null>> | undefined,
  aliasOwners: readonly AliasOwner[] | undefined,
  { request = chosen, existing = [] as PlanFacts['existing'] } = {},
) =>
  aliasesLeftOff(request, { ...clearFacts, ...withShape(ALERTS, { writes }), aliasOwners, existing }, [alerts], saved);
const owner = (alias: string, index: string, isWriteIndex?: boolean): AliasOwner => ({ alias, index, isWriteIndex });

const addOf = (alias: string, isWriteIndex?: boolean, index = ALERTS) =>
  `POST /_aliases ${JSON.stringify({ actions: [{ add: { index, alias, is_write_index: isWriteIndex } }] })}`;

describe('an alias of a chosen index', () => {
  it.each<[string, Readonly<Record<string, boolean | null>>, readonly AliasOwner[] | undefined, readonly string[]]>([
    ['comes back where nobody owns it', { a: true }, [], []],
    ['is left off where owners are not reported', { a: true, b: false }, undefined, ['a', 'b']],
    ['that took no writes comes back where owners are not reported', { a: false }, undefined, []],
    ['comes back where it took no writes', { a: false }, [owner('a', 'x', true)], []],
    ['comes back where another index has it and does not take its writes', { a: true }, [owner('a', 'x', false)], []],
    ['is left off where another index is marked to take its writes', { a: true }, [owner('a', 'x', true)], ['a']],
    ['is left off where both would own it alone', { a: null }, [owner('a', 'x')], ['a']],
    ['is left off where another index owns it alone', { a: true }, [owner('a', 'x')], ['a']],
    [
      'that Optimize only reads by comes back, whoever has it',
      { 'optimize-process-instance': null },
      [owner('optimize-process-instance', 'x')],
      [],
    ],
    [
      'that Optimize only reads by is left off where it has a write index',
      { 'optimize-process-instance': true },
      [owner('optimize-process-instance', 'x', true)],
      ['optimize-process-instance'],
    ],
    ['is left off with another one that is taken', { a: true, b: true }, [owner('a', 'x', true)], ['a', 'b']],
  ])('%s', (_what, writes, owners, expected) => {
    expect(leftOff(writes, owners).map(({ alias }) => alias)).toEqual(expected);
  });

  it('is listed with the index that takes its writes, if there is one', () => {
    expect(leftOff({ a: true, b: true }, [owner('a', 'x', true)])).toEqual([
      { index: ALERTS, alias: 'a', writeIndices: ['x'], add: addOf('a', false) },
      { index: ALERTS, alias: 'b', writeIndices: [], add: addOf('b', true) },
    ]);
  });

  it('comes back where the index that takes its writes is deleted before', () => {
    const existing = [{ name: ALERTS, uuid: 'u', open: true, primaries: 1, replicas: 0 }];
    expect(leftOff({ a: true }, [owner('a', ALERTS, true)], { existing })).toEqual([]);
  });

  it('blocks a restore of the complete backup instead', () => {
    expect(leftOff({ a: true }, [owner('a', 'x', true)], { request: inPlace })).toEqual([]);
  });
});

it('is added as saved where nobody is known to take its writes', () => {
  const calls = leftOff({ a: true, b: false, c: null }, [owner('a', 'x', true)]).map(({ add }) => add);
  expect(calls).toEqual([addOf('a', false), addOf('b', false), addOf('c')]);
  expect(leftOff({ a: true }, undefined).map(({ add }) => add)).toEqual([addOf('a', true)]);
});

describe('a chosen index whose aliases were not recorded', () => {
  const unrecorded = (index: string) =>
    aliasesLeftOff(chosen, { ...clearFacts, manifests: new Map() }, [planned(index, 2)], saved);

  it('comes back without any: the engine would refuse one that is taken, once the index is deleted', () => {
    const expected = [{ index: ALERTS, alias: UNRECORDED, writeIndices: [], add: addOf('optimize-alert') }];
    expect(unrecorded(ALERTS)).toEqual(expected);
    expect(leftOff(undefined, [])).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['optimize-variable-update-instance_v2-000001', ['optimize-variable-update-instance']],
    ['optimize-process-instance-invoice_v8', ['optimize-process-instance-invoice', 'optimize-process-instance']],
    [
      'optimize-optimize-decision-instance-a_v5',
      ['optimize-optimize-decision-instance-a', 'optimize-optimize-decision-instance'],
    ],
    ['optimize-archive_v1', ['<alias>']],
  ])('has a call that adds what Optimize gives %s', (index, aliases) => {
    const actions = aliases.map((alias) => ({ add: { index, alias } }));
    expect(unrecorded(index).map(({ add }) => add)).toEqual([`POST /_aliases ${JSON.stringify({ actions })}`]);
  });
});
