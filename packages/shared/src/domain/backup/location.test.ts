import { expect, it } from 'vitest';
import type { Location } from './backup.ts';
import { isSameLocation, isWhereItLives, laneOf, repositoryKeyOf } from './location.ts';

const at = (repositoryUuid?: string, clusterUuid = 'cluster', repository = 'nightly'): Location => ({
  clusterUuid,
  repository,
  repositoryUuid,
});

it.each([
  [at(), 'cluster/nightly', 'cluster/nightly'],
  [at('uuid'), 'cluster/nightly', 'uuid'],
])('names the lane by cluster and name, and the repository by its uuid where it has one: %j', (location, lane, key) => {
  expect(laneOf(location)).toBe(lane);
  expect(repositoryKeyOf(location)).toBe(key);
});

it.each([
  ['of one uuid, whatever their names', at('one'), at('one', 'elsewhere', 'other'), true],
  ['of different uuids under one name', at('one'), at('two'), false],
  ['under one name, where neither has a uuid', at(), at(), true],
  ['under one name, where one has no uuid yet', at('one'), at(), true],
  ['under one name, where the other has no uuid yet', at(), at('one'), true],
  ['under different names, where neither has a uuid', at(), at(undefined, 'cluster', 'other'), false],
  ['under one name in different clusters', at(), at(undefined, 'elsewhere'), false],
  ['under different names, where one has a uuid', at('one'), at(undefined, 'cluster', 'other'), false],
])('compares two places %s: %j, %j -> %s', (_, one, other, same) => {
  expect(isSameLocation(one, other)).toBe(same);
});

it.each([
  ['the uuid that it has', at('one'), at('one', 'elsewhere', 'other'), true],
  ['another uuid under its name', at('one'), at('two'), false],
  ['no uuid any more, as where its repository was registered to an empty place', at('one'), at(), false],
  ['its name, where it has no uuid', at(), at('one'), true],
  ['its name, where neither has a uuid', at(), at(), true],
  ['another name, where it has no uuid', at(), at(undefined, 'cluster', 'other'), false],
])('looks for a record where there is %s: %j, %j -> %s', (_, record, there, lives) => {
  expect(isWhereItLives(record, there)).toBe(lives);
});
