import { expect, it } from 'vitest';
import { isInterruption } from './interruption.ts';

it.each([
  // Elasticsearch 8.19
  [
    '[r:b/u] the following indices have unassigned primary shards and cannot be included in a snapshot unless [partial] is set to [true]: [x]',
    true,
  ],
  ["[r:b/u] Indices don't have primary shards [[x]]", true],
  ['node left the cluster during snapshot', true],
  ['primary shard is not allocated', true],
  ['IOException[No space left on device]', false],
  ['[r:b/u] Invalid snapshot name [b], snapshot with the same name already exists', false],
])('knows a state of the engine that passes by itself: %s: %s', (words, passes) => {
  expect(isInterruption(words)).toBe(passes);
});
