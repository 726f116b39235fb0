import { expect, it } from 'vitest';
import type { FoundSet } from './found-sets.ts';
import { prefixToldBy, requestToldBy } from './set-metadata.ts';
import { LONGEST_REQUESTER, requesterOf, type SnapshotOwner } from './snapshot.ts';

const started = new Date('2026-01-01T00:00:10Z');
const owner: SnapshotOwner = {
  ...{ backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '1.0.0' },
  ...{ requestedAt: '2026-01-01T00:00:00.000Z', requestedBy: '10.0.0.1', indexPrefix: 'optimize' },
};
const setOf = (...owners: readonly (SnapshotOwner | undefined)[]): FoundSet => ({
  ...{ backupId: 'b', optimizeVersion: '3.9.0', of: 2 },
  snapshots: owners.map((told, at) => ({
    ...{ number: at + 1, name: `name-${at}`, uuid: `uuid-${at}`, state: 'SUCCESS', indices: ['optimize-a_v1'] },
    ...{ owner: told, engineVersion: undefined, versionId: undefined, startedAt: started, endedAt: undefined },
    ...{ shards: { total: 1, successful: 1, failed: 0 }, failures: [], reason: undefined },
  })),
});

it('tells who asked for a set, when, and by which operation', () => {
  const told = requestToldBy(setOf({ ...owner, manifest: 'digest' }, { ...owner, part: 2 }));
  expect(told).toEqual({
    requestedAt: new Date('2026-01-01T00:00:00.000Z'),
    metadata: {
      ...{ operationIds: ['o'], tandem: ['1.0.0'], requestedAt: owner.requestedAt, requestedBy: '10.0.0.1' },
      manifests: [{ part: 1, digest: 'digest' }],
    },
  });
  expect(requestToldBy(setOf(owner, { ...owner, part: 2, operationId: 'p' })).metadata?.operationIds).toEqual([
    'o',
    'p',
  ]);
});

it.each([
  ['no metadata', undefined],
  ['that of another part', { ...owner, part: 2 }],
  ['that of another backup', { ...owner, backupId: 'c' }],
])('tells nothing from %s', (_, other) => {
  expect(requestToldBy(setOf(other))).toEqual({ requestedAt: started, metadata: undefined });
  expect(prefixToldBy(setOf(other))).toBeUndefined();
});

it.each(['', 'yesterday', '2026-01-01T00:01:11Z', '1969-12-31T23:59:59Z', '-271821-04-20T00:00:00Z'])(
  'takes the start of the first snapshot where it says that it was asked for at %j',
  (requestedAt) => {
    expect(requestToldBy(setOf({ ...owner, requestedAt })).requestedAt).toEqual(started);
  },
);

it('believes a time that is after the first start by what clocks differ', () => {
  const requestedAt = '2026-01-01T00:00:11.000Z';
  expect(requestToldBy(setOf({ ...owner, requestedAt })).requestedAt).toEqual(new Date(requestedAt));
});

it('tells the prefix only where an index has it', () => {
  expect(prefixToldBy(setOf(owner))).toBe('optimize');
  for (const indexPrefix of ['opti', 'other', '*', '', 'OPTIMIZE']) {
    expect(prefixToldBy(setOf({ ...owner, indexPrefix }))).toBeUndefined();
  }
});

it('writes a name into metadata as bytes that are known to fit', () => {
  expect(requesterOf({ kind: 'anonymous', address: '::ffff:10.0.0.1' })).toBe('::ffff:10.0.0.1');
  const odd = requesterOf({ kind: 'system', name: `"\\\n🐘é${'x'.repeat(500)}` });
  expect(odd).toHaveLength(LONGEST_REQUESTER);
  expect(new TextEncoder().encode(JSON.stringify(odd))).toHaveLength(LONGEST_REQUESTER + 2);
});
