import { describe, expect, it } from 'vitest';
import { LONGEST_REQUESTER, requesterOf, type SnapshotOwner } from '../backup/snapshot.ts';
import type { FoundSet } from './found-sets.ts';
import { prefixIn, requestIn, safetyOfSet } from './set-metadata.ts';

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
const withIndices = (set: FoundSet, ...indices: readonly string[]): FoundSet => ({
  ...set,
  snapshots: set.snapshots.map((snapshot) => ({ ...snapshot, indices })),
});

it('tells who asked for a set, when, and by which operation', () => {
  const told = requestIn(setOf({ ...owner, manifest: 'digest' }, { ...owner, part: 2 }));
  expect(told).toEqual({
    requestedAt: new Date('2026-01-01T00:00:00.000Z'),
    metadata: {
      ...{ operationIds: ['o'], tandem: ['1.0.0'], requestedAt: owner.requestedAt, requestedBy: '10.0.0.1' },
      manifests: [{ part: 1, digest: 'digest' }],
    },
  });
  expect(requestIn(setOf(owner, { ...owner, part: 2, operationId: 'p' })).metadata?.operationIds).toEqual(['o', 'p']);
});

it.each([
  ['no metadata', undefined],
  ['that of another part', { ...owner, part: 2 }],
  ['that of another backup', { ...owner, backupId: 'c' }],
  ['that of another number of parts', { ...owner, of: 3 }],
])('tells nothing from %s', (_, other) => {
  expect(requestIn(setOf(other))).toEqual({ requestedAt: started, metadata: undefined });
  expect(prefixIn(setOf(other))).toBeUndefined();
});

it.each(['', 'yesterday', '2026-01-01T00:01:11Z', '1969-12-31T23:59:59Z', '-271821-04-20T00:00:00Z'])(
  'takes the start of the first snapshot where it says that it was asked for at %j',
  (requestedAt) => {
    expect(requestIn(setOf({ ...owner, requestedAt })).requestedAt).toEqual(started);
  },
);

it.each(['2026-01-01T00:00:11.000Z', '2026-01-01T00:01:10.000Z'])(
  'believes that it was asked for at %s, by what clocks differ',
  (requestedAt) => {
    expect(requestIn(setOf({ ...owner, requestedAt })).requestedAt).toEqual(new Date(requestedAt));
  },
);

it('tells the prefix only where an index has it', () => {
  expect(prefixIn(setOf(owner))).toBe('optimize');
  for (const indexPrefix of ['opti', 'other', '*', '', 'OPTIMIZE']) {
    expect(prefixIn(setOf({ ...owner, indexPrefix }))).toBeUndefined();
  }
});

it('writes a name into metadata as bytes that are known to fit', () => {
  expect(requesterOf({ kind: 'anonymous', address: '::ffff:10.0.0.1' })).toBe('::ffff:10.0.0.1');
  const odd = requesterOf({ kind: 'system', name: `"\\\n🐘é${'x'.repeat(500)}` });
  expect(odd).toHaveLength(LONGEST_REQUESTER);
  expect(new TextEncoder().encode(JSON.stringify(odd))).toHaveLength(LONGEST_REQUESTER + 2);
});

it('takes the earliest time that its parts name', () => {
  const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:05.000Z'];
  const told = requestIn(setOf({ ...owner, requestedAt: late }, { ...owner, part: 2, requestedAt: early }));
  expect(told.requestedAt).toEqual(new Date(early));
});

it('takes from any part who asked, when, and the prefix; from none where none says', () => {
  const { requestedAt, requestedBy, indexPrefix, ...bare } = owner;
  const set = setOf(bare, { ...owner, part: 2 });
  expect(requestIn(set).metadata).toMatchObject({ requestedAt, requestedBy });
  expect(prefixIn(set)).toBe(indexPrefix);
  expect(requestIn(setOf(bare))).toMatchObject({ requestedAt: started, metadata: { operationIds: ['o'] } });
  expect(requestIn(setOf(bare)).metadata).toMatchObject({ requestedAt: undefined, requestedBy: undefined });
  expect(prefixIn(withIndices(setOf(bare), 'undefined-a_v1'))).toBeUndefined();
});

it('takes a prefix that indices of one part alone have', () => {
  const { snapshots, ...set } = setOf(owner, { ...owner, part: 2 });
  const other = snapshots.map((part) => (part.number === 2 ? { ...part, indices: ['other'] } : part));
  expect(prefixIn({ ...set, snapshots: other })).toBe('optimize');
});

it.each(['.opt', '_opt', 'opt*', '*', 'OPT', 'opt,other'])(
  'does not take %j for a prefix, even where an index begins with it',
  (indexPrefix) => {
    const set = withIndices(setOf({ ...owner, indexPrefix }), `${indexPrefix}-a_v1`);
    expect(prefixIn(set)).toBeUndefined();
  },
);

describe('a safety backup found without a record', () => {
  const restore = '01234567-89ab-4cde-8f01-23456789abcd';
  const safety: SnapshotOwner = { ...owner, safetyOf: restore };

  it('names its restore, its empty parts, and that its version is assumed', () => {
    const told = safetyOfSet(setOf({ ...safety, empty: [1, 2, 3], versionAssumed: true }));
    expect(told).toEqual({ safetyOf: restore, versionAssumed: true, empty: new Set([2]) });
    expect(safetyOfSet(setOf(safety))).toEqual({ safetyOf: restore, versionAssumed: false, empty: new Set() });
  });

  it.each([
    ['names no restore', owner],
    ['names a restore by what is no id', { ...owner, safetyOf: `${restore} ` }],
    ['is of another set', { ...safety, of: 3 }],
  ])('is none where its metadata %s', (_, told) => {
    const found = safetyOfSet(setOf({ ...told, empty: [2], versionAssumed: true }));
    expect(found).toEqual({ safetyOf: undefined, versionAssumed: false, empty: new Set() });
  });
});
