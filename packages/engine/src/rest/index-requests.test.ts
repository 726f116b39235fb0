import { describe, expect, it } from 'vitest';
import type { Answer } from './answering.fixture.ts';
import { STATE, state } from './requests.fixture.ts';
import { LENIENT, MASTER, sending } from './sending.fixture.ts';

// A parameter that is left out or turned round is not noticed by an engine in good order: each stands here as it is sent.

const NONE_ELSE: Answer = ['/', 200, {}];

describe('indices', () => {
  it('are deleted by exact names, whether or not they are there', async () => {
    const { requests } = await sending([['DELETE', 200, { acknowledged: true }]], (engine) =>
      engine.deleteIndices(['optimize-a', 'optimize-b']),
    );
    expect(requests).toEqual([
      {
        line: 'DELETE /optimize-a,optimize-b',
        query: { ...MASTER, ignore_unavailable: 'true', allow_no_indices: 'true', expand_wildcards: 'none' },
      },
    ]);
  });

  it('are closed where they are open', async () => {
    const closed: Answer = ['POST', 200, { indices: { 'optimize-a': { closed: true } } }];
    const { requests } = await sending([STATE, closed], (engine) => engine.closeIndices(['optimize-a', 'optimize-b']));
    expect(requests.map(({ line }) => line)).toEqual([
      'GET /_cluster/state/metadata,routing_table/optimize-a,optimize-b',
      'POST /optimize-a/_close',
    ]);
    expect(requests[1]?.query).toEqual({ ...MASTER, ...LENIENT, wait_for_active_shards: '0' });
  });

  it('are not closed where they are closed already', async () => {
    const closed: Answer = ['GET', 200, state('optimize-a', false)];
    const { requests } = await sending([closed], (engine) => engine.closeIndices(['optimize-a']));
    expect(requests).toHaveLength(1);
  });

  it('that stay open are an error', async () => {
    const open: Answer = ['POST', 200, { indices: { 'optimize-a': { closed: false, exception: { reason: 'busy' } } } }];
    const closing = sending([STATE, open], (engine) => engine.closeIndices(['optimize-a']));
    await expect(closing).rejects.toMatchObject({ code: 'ENGINE_REFUSED' });
  });

  it.each([
    ['set', true],
    ['lift', null],
  ] as const)('%s a block by index settings, where they are there', async (change, value) => {
    const { requests } = await sending([STATE, ['PUT', 200, { acknowledged: true }]], (engine) =>
      engine.setIndexBlock(['optimize-a', 'optimize-b'], 'write', change),
    );
    expect(requests[1]).toEqual({
      line: 'PUT /optimize-a/_settings',
      query: { ...MASTER, ...LENIENT },
      body: { 'index.blocks.write': value },
    });
  });

  const counted: Answer = [
    'POST /optimize-a/_search',
    200,
    { aggregations: { by_index: { buckets: [{ key: 'optimize-a', doc_count: 7 }] } } },
  ];
  const copy = { routing: { primary: true }, seq_no: { max_seq_no: 9, local_checkpoint: 6 } };
  const stats: Answer = [
    'GET /optimize-a/_stats/docs,store',
    200,
    { indices: { 'optimize-a': { primaries: { store: { size_in_bytes: 1_000 } }, shards: { 0: [copy] } } } },
  ];
  const measuring = (order: 'operations-first' | 'operations-last') =>
    sending([STATE, counted, stats, ['POST /optimize-a/_refresh', 200, {}]], (engine) =>
      engine.measureIndices(['optimize-a'], order),
    );

  it('are measured documents first, with the newest number that a shard gave', async () => {
    const { requests, result } = await measuring('operations-last');
    expect(result).toEqual([{ name: 'optimize-a', documents: 7, operations: 10, primaryBytes: 1_000 }]);
    expect(requests.slice(1)).toEqual([
      { line: 'POST /optimize-a/_refresh', query: {} },
      {
        line: 'POST /optimize-a/_search',
        query: { allow_partial_search_results: 'false', filter_path: 'aggregations.by_index.buckets' },
        body: { size: 0, track_total_hits: false, aggs: { by_index: { terms: { field: '_index', size: 1 } } } },
      },
      {
        line: 'GET /optimize-a/_stats/docs,store',
        query: {
          level: 'shards',
          filter_path:
            'indices.*.primaries.store.size_in_bytes,indices.*.shards.*.routing.primary,indices.*.shards.*.seq_no',
        },
      },
    ]);
  });

  it('are measured operations first, with what is surely done', async () => {
    const { requests, result } = await measuring('operations-first');
    expect(result).toEqual([{ name: 'optimize-a', documents: 7, operations: 7, primaryBytes: 1_000 }]);
    expect(requests.map(({ line }) => line)).toEqual([
      'GET /_cluster/state/metadata,routing_table/optimize-a',
      'GET /optimize-a/_stats/docs,store',
      'POST /optimize-a/_refresh',
      'POST /optimize-a/_search',
    ]);
  });

  it('are not measured where a primary shard has no figures', async () => {
    const without: Answer = ['GET /optimize-a/_stats', 200, { indices: {} }];
    const measured = sending([STATE, counted, without, NONE_ELSE], (engine) =>
      engine.measureIndices(['optimize-a'], 'operations-last'),
    );
    await expect(measured).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  });

  it('have their state read with closed and hidden ones, and without those that are not there', async () => {
    const { requests } = await sending([STATE, NONE_ELSE], (engine) => engine.readOperations(['optimize-a']));
    const { filter_path: fields, ...query } = requests[0]?.query ?? {};
    expect(query).toEqual({ ...MASTER, ...LENIENT });
    expect(fields?.split(',')).toEqual([
      ...['state', 'settings.index.uuid', 'settings.index.blocks'].map((field) => `metadata.indices.*.${field}`),
      ...['primary', 'shard', 'state', 'recovery_source'].map((field) => `routing_table.indices.*.shards.*.${field}`),
      ...['reason', 'allocation_status', 'details'].map(
        (field) => `routing_table.indices.*.shards.*.unassigned_info.${field}`,
      ),
    ]);
    expect(requests[1]).toEqual({
      line: 'GET /optimize-a/_stats/docs',
      query: {
        ...LENIENT,
        level: 'shards',
        filter_path: 'indices.*.shards.*.routing.primary,indices.*.shards.*.seq_no',
      },
    });
  });

  it('of a prefix are resolved with closed and hidden ones', async () => {
    const { requests } = await sending([['GET', 200, { indices: [] }]], (engine) => engine.listIndices('optimize'));
    expect(requests).toEqual([
      { line: 'GET /_resolve/index/optimize-*', query: { expand_wildcards: 'all', filter_path: 'indices' } },
    ]);
  });
});
