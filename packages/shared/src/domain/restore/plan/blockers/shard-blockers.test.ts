import { expect, it } from 'vitest';
import { ALERTS, clearFacts, inPlace, POSITIONS } from '../restore-plan.fixture.ts';
import { shardBlockers } from './shard-blockers.ts';

const restores = [
  { part: 1, index: POSITIONS, as: POSITIONS, documents: null, bytes: null },
  { part: 2, index: ALERTS, as: ALERTS, documents: null, bytes: null },
];

it.each<[string, readonly number[], readonly string[]]>([
  ['both parts have a manifest', [1, 2], ['SHARDS_SHORT']],
  ['the first has none', [2], []],
  ['the last has none', [1], []],
  ['neither has one', [], []],
])('the shards of a restore are compared with the limit of the cluster where they are known: %s', (_, parts, codes) => {
  const manifests = new Map([...clearFacts.manifests].filter(([part]) => parts.includes(part)));
  const facts = { ...clearFacts, manifests, capacity: { ...clearFacts.capacity, freeShards: 1 } };
  expect(shardBlockers(inPlace, facts, restores).map(({ code }) => code)).toEqual(codes);
});
