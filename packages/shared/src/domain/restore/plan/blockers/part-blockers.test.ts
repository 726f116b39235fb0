import { expect, it } from 'vitest';
import type { Snapshot, SnapshotOwner } from '../../../backup/snapshot.ts';
import type { PlanFacts } from '../plan-facts.ts';
import { clearFacts, inPlace } from '../restore-plan.fixture.ts';
import { partBlockers } from './part-blockers.ts';

const { backup, seen } = clearFacts;
const [first, second] = seen as [Snapshot, Snapshot];
const [ONE, TWO] = [first.name, second.name];
const found = (facts: Partial<PlanFacts>) =>
  partBlockers(inPlace, { ...clearFacts, ...facts }, []).map((blocker) => [blocker.code, blocker.found]);

/** The second part as it is seen. */
const asSecond = (more: Partial<Snapshot>): Partial<PlanFacts> => ({ seen: [first, { ...second, ...more }] });

it.each<[string, Partial<PlanFacts>, readonly [string, readonly string[]][]]>([
  ['nothing where both parts are there and complete', {}, []],
  [
    'nothing where the repository cannot be read',
    { seen: [], repository: { ...clearFacts.repository, trouble: 'x' } },
    [],
  ],
  ['a part that is not there', { seen: [second] }, [['PART_MISSING', [ONE]]]],
  [
    'another snapshot under its name',
    asSecond({ uuid: 'x' }),
    [['PART_REPLACED', [`${TWO} (uuid x, recorded uuid-2)`]]],
  ],
  [
    'nothing else of another snapshot',
    asSecond({ uuid: 'x', state: 'FAILED', indices: [], versionId: 9_000_000 }),
    [['PART_REPLACED', [`${TWO} (uuid x, recorded uuid-2)`]]],
  ],
  ['a part that is being made', asSecond({ state: 'IN_PROGRESS', indices: [] }), [['PART_UNFINISHED', [TWO]]]],
  [
    'a PARTIAL part',
    asSecond({ state: 'PARTIAL', shards: { total: 2, successful: 1, failed: 1 } }),
    [['PART_NOT_WHOLE', [`${TWO} (PARTIAL, 1 failed shards)`]]],
  ],
  ['a FAILED part', asSecond({ state: 'FAILED' }), [['PART_NOT_WHOLE', [`${TWO} (FAILED, 0 failed shards)`]]]],
  [
    'failed shards in a part that counts as SUCCESS',
    asSecond({ shards: { total: 2, successful: 1, failed: 1 } }),
    [['PART_NOT_WHOLE', [`${TWO} (SUCCESS, 1 failed shards)`]]],
  ],
  [
    'failed shards in a part that is being made as unfinished alone',
    asSecond({ state: 'IN_PROGRESS', shards: { total: 2, successful: 1, failed: 1 } }),
    [['PART_UNFINISHED', [TWO]]],
  ],
  [
    'a part of a newer engine',
    asSecond({ versionId: 9_000_000, engineVersion: '9.0.0' }),
    [['PART_INCOMPATIBLE', [`${TWO} (9.0.0)`]]],
  ],
  [
    'a part that the engine calls incompatible',
    asSecond({ state: 'INCOMPATIBLE', engineVersion: undefined }),
    [['PART_INCOMPATIBLE', [`${TWO} (version unknown)`]]],
  ],
  ['a part without indices', asSecond({ indices: [] }), [['NOTHING_TO_RESTORE', [TWO]]]],
  [
    'a part without indices that is not complete by its state alone',
    asSecond({ state: 'FAILED', indices: [] }),
    [['PART_NOT_WHOLE', [`${TWO} (FAILED, 0 failed shards)`]]],
  ],
])('the parts of a backup: %s', (_, facts, expected) => {
  expect(found(facts)).toEqual(expected);
});

it('a part without a recorded uuid is that of the create, and any one where nobody requested the backup', () => {
  const owner = { operationId: 'create' } as SnapshotOwner;
  const parts = backup.parts.map((part) => ({ ...part, uuid: undefined }));
  const owned = (operationId: string) => seen.map((snapshot) => ({ ...snapshot, owner: { ...owner, operationId } }));
  expect(found({ backup: { ...backup, parts }, seen: owned('create') })).toEqual([]);
  expect(found({ backup: { ...backup, parts }, seen: owned('other') })).toEqual([
    ['PART_REPLACED', [`${ONE} (uuid uuid-1, recorded none)`, `${TWO} (uuid uuid-2, recorded none)`]],
  ]);
  expect(found({ backup: { ...backup, parts, create: undefined } })).toEqual([]);
});
