import { describe, expect, it } from 'vitest';
import { aliasesLeftOff, readAliasCall } from './aliases-left-off.ts';
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
  writes: Readonly<Record<string, boolean | null>>,
  aliasOwners: readonly AliasOwner[] | undefined,
  { request = chosen, existing = [] as PlanFacts['existing'] } = {},
) =>
  aliasesLeftOff(request, { ...clearFacts, ...withShape(ALERTS, { writes }), aliasOwners, existing }, [alerts], saved);
const owner = (alias: string, index: string, isWriteIndex?: boolean): AliasOwner => ({ alias, index, isWriteIndex });

describe('an alias of a chosen index', () => {
  it.each<[string, Readonly<Record<string, boolean | null>>, readonly AliasOwner[] | undefined, readonly string[]]>([
    ['comes back where nobody owns it', { a: true }, [], []],
    ['comes back where owners are not reported', { a: true }, undefined, []],
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
      { index: ALERTS, alias: 'a', writeIndices: ['x'] },
      { index: ALERTS, alias: 'b', writeIndices: [] },
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

it('has a call that adds it for reading', () => {
  expect(readAliasCall({ index: 'i', alias: 'a' })).toBe(
    'POST /_aliases {"actions":[{"add":{"index":"i","alias":"a","is_write_index":false}}]}',
  );
});
