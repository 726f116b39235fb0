import { describe, expect, it } from 'vitest';
import { elasticsearchInfoIn } from '../../elasticsearch/elasticsearch-info.ts';
import { versionIdOf } from '../../version-id.ts';
import { nameChunks } from '../name-chunks.ts';
import { ReplyInvalid } from '../reply-fields.ts';
import { indicesIn, optimizeMetadataIn } from './cluster.ts';
import { listedSnapshotsIn, snapshotNamesIn, snapshotsIn } from './snapshot.ts';

const tandem = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };

/** As 8.19.21 answered. */
const recorded = {
  snapshot: 'one',
  uuid: 'hCsZjhcnRf-qBIq6iFZX3w',
  repository: 'backups',
  version_id: 8537000,
  version: '8.19.9-8.19.21',
  indices: ['optimize-b', 'optimize-a'],
  data_streams: [],
  include_global_state: false,
  metadata: { tandem },
  state: 'SUCCESS',
  start_time: '2026-11-22T14:41:12.328Z',
  start_time_in_millis: 1795358472328,
  end_time: '2026-11-22T14:41:12.529Z',
  end_time_in_millis: 1795358472529,
  duration_in_millis: 201,
  failures: [],
  shards: { total: 3, failed: 0, successful: 3 },
  feature_states: [],
};

const read = (changes: object) => snapshotsIn({ snapshots: [{ ...recorded, ...changes }] })[0];

describe('A snapshot in an answer', () => {
  it('is mapped to our terms', () => {
    expect(read({})).toEqual({
      name: 'one',
      uuid: 'hCsZjhcnRf-qBIq6iFZX3w',
      state: 'SUCCESS',
      indices: ['optimize-b', 'optimize-a'],
      owner: tandem,
      engineVersion: '8.19.9-8.19.21',
      versionId: 8537000,
      startedAt: new Date(1795358472328),
      endedAt: new Date(1795358472529),
      shards: { total: 3, successful: 3, failed: 0 },
      failures: [],
      reason: undefined,
    });
  });

  it('has no end while it runs', () => {
    expect(read({ state: 'IN_PROGRESS', end_time_in_millis: 0 })?.endedAt).toBeUndefined();
    expect(read({ state: 'IN_PROGRESS', end_time_in_millis: 5 })?.endedAt).toBeUndefined();
  });

  it.each([undefined, null, 0])('has no time of start or end where the engine gives %j', (none) => {
    const times = { start_time_in_millis: none, end_time_in_millis: none };
    expect(read(times)).toMatchObject({ startedAt: undefined, endedAt: undefined });
  });

  it('names each shard that failed', () => {
    const failure = { index: 'a', index_uuid: 'a', shard_id: 2, reason: 'no space', node_id: 'n', status: 'INTERNAL' };
    expect(read({ state: 'PARTIAL', failures: [failure] })?.failures).toEqual([
      { index: 'a', shard: 2, reason: 'no space' },
    ]);
  });

  it.each([
    undefined,
    null,
    'text',
    {},
    { tandem: 'text' },
    { tandem: { ...tandem, part: '1' } },
    { tandem: { ...tandem, of: 0 } },
    { tandem: { ...tandem, backupId: '' } },
    { tandem: { ...tandem, operationId: undefined } },
    JSON.parse('{"__proto__":{"tandem":{"part":1}}}') as object,
  ])('has no owner with the metadata %j', (metadata) => expect(read({ metadata })?.owner).toBeUndefined());

  const more = {
    ...{ manifest: 'ab12', requestedAt: '2026-11-22T14:41:12Z', requestedBy: 'ops', indexPrefix: 'optimize' },
    ...{ safetyOf: 'r', mark: 'm', empty: [1, 2], versionAssumed: true },
  };

  it('says all that its maker wrote', () => {
    const unknown = { other: 'text' };
    expect(read({ metadata: { tandem: { ...tandem, ...more, ...unknown } } })?.owner).toStrictEqual({
      ...tandem,
      ...more,
    });
    expect(read({ metadata: { tandem: { ...tandem, empty: [] } } })?.owner).toStrictEqual({ ...tandem, empty: [] });
  });

  it.each([
    ...['manifest', 'requestedAt', 'requestedBy', 'indexPrefix', 'safetyOf', 'mark'].flatMap((field) => [
      { [field]: 7 },
      { [field]: '' },
    ]),
    { empty: '1' },
    { empty: [1, '2'] },
    { empty: [0] },
    { versionAssumed: 'true' },
    { versionAssumed: false },
  ])('is still ours, without what is malformed in %j', (changes) => {
    const [field = ''] = Object.keys(changes);
    const { [field]: _, ...others } = more as Record<string, unknown>;
    const owner = { ...tandem, ...more, ...changes };
    expect(read({ metadata: { tandem: owner } })?.owner).toStrictEqual({ ...tandem, ...others });
  });

  it.each(['snapshot', 'uuid', 'state', 'indices', 'failures', 'shards'])('is not believed without %s', (field) =>
    expect(() => read({ [field]: undefined })).toThrow(ReplyInvalid),
  );

  it.each([
    { state: 'DONE' },
    { uuid: 7 },
    { indices: 'a' },
    { indices: [1] },
    { shards: { total: 3, successful: 3 } },
    { shards: { total: -1, successful: 0, failed: 0 } },
    { version_id: '8537000' },
    { failures: [{ index: 'a' }] },
    { end_time_in_millis: 'now' },
  ])('is not believed with %j', (changes) => expect(() => read(changes)).toThrow(ReplyInvalid));

  it.each([undefined, null, 'text', [], {}, { snapshots: {} }])('is not found in %j', (reply) =>
    expect(() => snapshotsIn(reply)).toThrow(ReplyInvalid),
  );
});

describe('The snapshots that a catalogue lists', () => {
  const one = { snapshot: 'one', uuid: 'u1', state: 'SUCCESS' };
  const two = { snapshot: 'two', uuid: 'u2' };
  const listed = [
    { name: 'one', uuid: 'u1', state: 'SUCCESS' },
    { name: 'two', uuid: 'u2', state: undefined },
  ];

  it.each([
    ['with their number', { total: 2, snapshots: [one, two] }, listed],
    ['without it', { snapshots: [one, two] }, listed],
    ['none, by the total alone', { total: 0 }, []],
    ['none, in an empty list', { total: 0, snapshots: [] }, []],
  ])('are read %s', (_, reply, expected) => expect(listedSnapshotsIn(reply)).toEqual(expected));

  it.each([
    [{}, 'snapshots is not a list'],
    [{ total: 1 }, 'snapshots is not a list'],
    [{ total: '0' }, 'snapshots is not a list'],
    [{ total: 0, snapshots: {} }, 'snapshots is not a list'],
    [{ total: 3, snapshots: [one, two] }, 'snapshots are not all there are'],
    [{ total: 0, snapshots: [one] }, 'snapshots are not all there are'],
    [{ total: '1', snapshots: [one] }, 'total is not a count'],
    [{ snapshots: [one, 'two'] }, 'snapshots[1] is not an object'],
    [{ snapshots: [{ ...one, snapshot: '' }] }, 'snapshots[0].snapshot is not a text'],
    [{ snapshots: [{ ...one, uuid: undefined }] }, 'snapshots[0].uuid is not a text'],
    [{ snapshots: [{ ...one, state: 'DONE' }] }, 'snapshots[0].state is none of SUCCESS'],
  ])('are not known from %j: %s', (reply, message) => {
    expect(() => listedSnapshotsIn(reply)).toThrow(ReplyInvalid);
    expect(() => listedSnapshotsIn(reply)).toThrow(message);
  });

  it('have names even where nothing else is readable', () => {
    expect(snapshotNamesIn({ snapshots: [one, { snapshot: 'broken' }] })).toEqual(['one', 'broken']);
    expect(() => snapshotNamesIn({ snapshots: [one, { uuid: 'u' }] })).toThrow('snapshots[1].snapshot is not a text');
    expect(() => snapshotNamesIn({})).toThrow('snapshots is not a list');
  });
});

describe('What an engine says about itself', () => {
  const state = { cluster_uuid: 'cluster' };

  it('is as old as its oldest node, and knows the major of its newest', () => {
    const nodes = {
      a: { version: '9.5.3', index_version: 9111000 },
      b: { version: '8.19.21', index_version: 8537000 },
    };
    expect(elasticsearchInfoIn({ nodes }, state)).toEqual({
      kind: 'elasticsearch',
      version: '8.19.21',
      newestReadable: 8537000,
      major: 8,
      newestMajor: 9,
      clusterUuid: 'cluster',
    });
  });

  it('falls back on its version before 8.11 only', () => {
    expect(elasticsearchInfoIn({ nodes: { a: { version: '7.17.29' } } }, state).newestReadable).toBe(7172999);
    expect(elasticsearchInfoIn({ nodes: { a: { version: '8.10.4' } } }, state).newestReadable).toBe(8100499);
    expect(() => elasticsearchInfoIn({ nodes: { a: { version: '8.11.0' } } }, state)).toThrow(ReplyInvalid);
  });

  it.each([[{}], [{ nodes: {} }], [{ nodes: { a: {} } }], [{ nodes: { a: { version: 'eight' } } }]])(
    'is not believed with %j',
    (nodes) => expect(() => elasticsearchInfoIn(nodes, state)).toThrow(ReplyInvalid),
  );

  it('needs a cluster that has formed', () => {
    const nodes = { nodes: { a: { version: '7.17.29' } } };
    expect(() => elasticsearchInfoIn(nodes, { cluster_uuid: '_na_' })).toThrow(ReplyInvalid);
    expect(() => elasticsearchInfoIn(nodes, {})).toThrow(ReplyInvalid);
  });

  it('has indices that are open or closed, not neither', () => {
    const listing = (attributes: unknown) => indicesIn({ indices: [{ name: 'o-a', attributes }] }, 'o');
    expect(listing(['hidden', 'open'])).toEqual([{ name: 'o-a', aliases: [], open: true }]);
    for (const wrong of [[], ['hidden'], ['open', 'closed'], undefined])
      expect(() => listing(wrong)).toThrow(ReplyInvalid);
  });

  it('has metadata, or an index or document that is missing', () => {
    expect(optimizeMetadataIn({ found: false })).toBeUndefined();
    expect(optimizeMetadataIn({ error: { type: 'index_not_found_exception' }, status: 404 })).toBeUndefined();
    expect(optimizeMetadataIn({ found: true, _source: { schemaVersion: '3.9.0' } })).toEqual({
      schemaVersion: '3.9.0',
      installationId: undefined,
    });
    for (const wrong of [{}, 'text', { found: true }, { found: true, _source: {} }]) {
      expect(() => optimizeMetadataIn(wrong)).toThrow(ReplyInvalid);
    }
  });
});

describe('A version id', () => {
  it.each([
    ['7.17.29', 7172999],
    ['8.0.0', 8000099],
    ['8.10.4-SNAPSHOT', 8100499],
    ['nonsense', undefined],
  ])('%s -> %s', (version, id) => expect(versionIdOf(version)).toBe(id));
});

describe('Names in chunks', () => {
  it('keeps every name, in order, and each chunk short', () => {
    const names = Array.from({ length: 500 }, (_, index) => `name-ü-${index}`);
    const chunks = nameChunks(names, 100);
    expect(chunks.flat()).toEqual(names);
    for (const chunk of chunks) expect(chunk.map(encodeURIComponent).join().length).toBeLessThanOrEqual(100);
  });

  it('leaves a long name alone', () => expect(nameChunks(['a', 'x'.repeat(200), 'b'], 100)).toHaveLength(3));
  it('makes nothing of nothing', () => expect(nameChunks([], 100)).toEqual([]));
});
