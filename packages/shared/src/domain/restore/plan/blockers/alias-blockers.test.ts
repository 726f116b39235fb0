import { describe, expect, it } from 'vitest';
import type { LeftOffAlias } from '../aliases-left-off.ts';
import type { AliasOwner } from '../cluster-facts.ts';
import type { RestoreRequest } from '../plan-facts.ts';
import { ALERTS, clearFacts, inPlace, POSITIONS, withShape } from '../restore-plan.fixture.ts';
import { aliasBlockers } from './alias-blockers.ts';

const restores = [
  { part: 1, index: POSITIONS, as: POSITIONS, documents: null, bytes: null },
  { part: 2, index: ALERTS, as: ALERTS, documents: null, bytes: null },
];
type Writes = Readonly<Record<string, boolean | null>>;
/** What the two indices were saved with. */
const saved = (positions: Writes, alerts: Writes) => {
  const [one, other] = [withShape(POSITIONS, { writes: positions }), withShape(ALERTS, { writes: alerts })];
  return { manifests: new Map([...other.manifests, ...[...one.manifests].slice(0, 1)]) };
};
const stays = (isWriteIndex: boolean | undefined, index = 'x'): readonly AliasOwner[] => [
  { alias: 'all', index, isWriteIndex },
];
const found = (facts: object, request: Partial<RestoreRequest> = {}, leftOff: readonly LeftOffAlias[] = []) =>
  aliasBlockers({ ...inPlace, ...request }, { ...clearFacts, ...facts }, restores, leftOff).map((one) => [
    one.code,
    one.found,
  ]);
const taken = (line: string) => [['WRITE_ALIAS_TAKEN', [line]]];

it.each<[string, Writes, Writes, readonly AliasOwner[], readonly unknown[]]>([
  [
    'the saved one is marked, and an index that stays is',
    { all: true },
    {},
    stays(true),
    taken(`all: ${POSITIONS} (restored), x`),
  ],
  [
    'one of two saved ones is marked, and an index that stays is',
    { all: true },
    { all: false },
    stays(true),
    taken(`all: ${POSITIONS} (restored), x`),
  ],
  [
    'the only saved one takes them unmarked, and so does an index that stays',
    { all: null },
    {},
    stays(undefined),
    taken(`all: ${POSITIONS} (restored), x`),
  ],
  ['two saved ones share it unmarked', { all: null }, { all: null }, stays(true), []],
  ['the saved one is marked not to', { all: false }, {}, stays(true), []],
  ['the index that stays is marked not to', { all: true }, {}, stays(false), []],
  ['nothing stays', { all: true }, {}, [], []],
])('an alias whose writes are taken where %s', (_, positions, alerts, aliasOwners, expected) => {
  expect(found({ ...saved(positions, alerts), aliasOwners })).toEqual(expected);
});

it('is nobody’s concern under other names, in a rehearsal, or where the owner is deleted', () => {
  const facts = { ...saved({ all: true }, {}), aliasOwners: stays(true, ALERTS) };
  const existing = [{ name: ALERTS, uuid: 'i1', open: true, primaries: 1, replicas: 0 }];
  expect(found(facts)).toHaveLength(1);
  expect(found(facts, { rename: { pattern: '(.+)', replacement: 'copy-$1' } })).toEqual([]);
  expect(found(facts, { copy: true })).toEqual([]);
  expect(found({ ...facts, existing })).toEqual([]);
});

describe('chosen indices', () => {
  const only = [POSITIONS, ALERTS];
  const two = saved({ all: true }, { all: true });

  it('that were both saved as the write index of one alias are in the way of each other', () => {
    expect(found(two, { only })).toEqual(taken(`all: ${POSITIONS} (restored), ${ALERTS} (restored)`));
  });

  it('are not, where the alias of one is left off, or where one that stays takes its writes: it is left off', () => {
    const leftOff = [{ index: ALERTS, alias: 'all', writeIndices: [], add: '' }];
    expect(found(two, { only }, leftOff)).toEqual([]);
    expect(found({ ...saved({ all: null }, {}), aliasOwners: stays(undefined) }, { only })).toEqual([]);
  });
});

it('names an alias that has the name of an index to restore', () => {
  const aliasOwners = [{ alias: ALERTS, index: 'x', isWriteIndex: undefined }, ...stays(true)];
  expect(found({ aliasOwners })).toEqual([['TARGET_IS_ALIAS', [`${ALERTS} (alias of x)`]]]);
});
