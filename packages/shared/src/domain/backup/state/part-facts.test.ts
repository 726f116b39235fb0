import { expect, it } from 'vitest';
import type { Snapshot } from '../snapshot.ts';
import { partFacts } from './part-facts.ts';

const kept = {
  ...{ state: 'SUCCESS' as const, uuid: 'u1', indices: ['optimize-alert_v4'] },
  ...{ shards: { total: 2, successful: 1, failed: 1 }, failures: [{ index: 'x', shard: 1, reason: 'r' }] },
};
const optional = { engineVersion: '8.19.9', versionId: 8_537_000, startedAt: new Date(1), endedAt: new Date(2) };
const snapshot: Snapshot = { ...kept, ...optional, name: 'part-1', owner: undefined, reason: undefined };

it('keeps what the engine reports of a snapshot', () => {
  expect(partFacts(snapshot)).toStrictEqual({ ...kept, ...optional });
});

it.each(['engineVersion', 'versionId', 'startedAt', 'endedAt'] as const)(
  'leaves %s out where the engine does not report it',
  (field) => {
    const { [field]: _, ...others } = optional;
    // what is left out does not overwrite what was recorded
    expect(partFacts({ ...snapshot, [field]: undefined })).toStrictEqual({ ...kept, ...others });
  },
);
