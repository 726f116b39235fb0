import { describe, expect, it } from 'vitest';
import type { NewRestore } from '../index-port.ts';
import type { Answer } from './answering.fixture.ts';
import { failing, LENIENT, MASTER, sending, stateOf } from './sending.fixture.ts';

// A parameter that is left out or turned round is not noticed by an engine in good order: each stands here as it is sent.

const NONE_ELSE: Answer = ['/', 200, {}];

const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
const newSnapshot = { repository: 'backups', name: 'one', indices: ['optimize-a', 'optimize-b'], owner };
const state = (name: string, isOpen = true) => ({
  metadata: { indices: { [name]: { state: isOpen ? 'open' : 'close', settings: { index: { uuid: `u-${name}` } } } } },
  routing_table: { indices: { [name]: { shards: { 0: [{ primary: true, shard: 0, state: 'STARTED' }] } } } },
});
const STATE: Answer = ['GET /_cluster/state/metadata,routing_table/', 200, state('optimize-a')];

describe('a snapshot', () => {
  it('is started without partial, global and feature state, and not waited for', async () => {
    const { requests } = await sending([['PUT', 200, { accepted: true }]], (engine) =>
      engine.startSnapshot(newSnapshot),
    );
    expect(requests).toEqual([
      {
        line: 'PUT /_snapshot/backups/one',
        query: { ...MASTER, wait_for_completion: 'false' },
        body: {
          indices: ['optimize-a', 'optimize-b'],
          include_global_state: false,
          partial: false,
          ignore_unavailable: false,
          feature_states: ['none'],
          metadata: { tandem: owner },
        },
      },
    ]);
  });

  it.each([{}, { accepted: false }])('is not started if the engine returns %j', async (reply) => {
    const starting = sending([['PUT', 200, reply]], (engine) => engine.startSnapshot(newSnapshot));
    await expect(starting).rejects.toMatchObject({ code: 'ENGINE_ANSWER_INVALID' });
  });

  it('is deleted by its one name', async () => {
    const { requests } = await sending([['DELETE', 200, { acknowledged: true }]], (engine) =>
      engine.deleteSnapshot('backups', 'one'),
    );
    expect(requests).toEqual([{ line: 'DELETE /_snapshot/backups/one', query: MASTER }]);
  });

  it('is not deleted where the engine does not acknowledge it', async () => {
    const deleting = sending([['DELETE', 200, { acknowledged: false }]], (engine) =>
      engine.deleteSnapshot('backups', 'one'),
    );
    await expect(deleting).rejects.toMatchObject({ code: 'ENGINE_ANSWER_INVALID' });
  });

  it('is listed from the catalogue alone', async () => {
    const { requests } = await sending([['GET', 200, { total: 0, snapshots: [] }]], (engine) =>
      engine.listSnapshots('backups', 'camunda_optimize_'),
    );
    expect(requests).toEqual([
      {
        line: 'GET /_snapshot/backups/camunda_optimize_*',
        query: {
          ...MASTER,
          ...{ ignore_unavailable: 'true', verbose: 'false' },
          filter_path: 'total,snapshots.snapshot,snapshots.uuid,snapshots.state,failures',
        },
      },
    ]);
  });

  it('shows its progress by its status', async () => {
    const shards_stats = { total: 2, done: 1, failed: 0, initializing: 0, started: 1, finalizing: 0 };
    const stats = {
      total: { size_in_bytes: 10, file_count: 2 },
      processed: { size_in_bytes: 5, file_count: 1 },
      incremental: { size_in_bytes: 10, file_count: 2 },
    };
    const { requests } = await sending([['GET', 200, { snapshots: [{ shards_stats, stats }] }]], (engine) =>
      engine.snapshotProgress('backups', 'one'),
    );
    expect(requests).toEqual([{ line: 'GET /_snapshot/backups/one/_status', query: MASTER }]);
  });
});

describe('a snapshot lookup', () => {
  const info = (name: string) => ({
    ...{ snapshot: name, uuid: `u-${name}`, state: 'SUCCESS', indices: ['optimize-a'], failures: [] },
    ...{
      shards: { total: 1, successful: 1, failed: 0 },
      start_time_in_millis: 1_700_000_000_000,
      end_time_in_millis: 0,
    },
    ...{ version: '8.19.9', version_id: 8_190_099, include_global_state: false },
  });

  it('is lenient, and sends no second request if all were found', async () => {
    const { requests, result } = await sending([['GET', 200, { snapshots: [info('one')] }]], (engine) =>
      engine.findSnapshots('backups', ['one', 'one']),
    );
    expect(requests).toEqual([
      { line: 'GET /_snapshot/backups/one', query: { ...MASTER, ignore_unavailable: 'true' } },
    ]);
    expect(result.map(({ name }) => name)).toEqual(['one']);
  });

  it('is not there where the catalogue does not have it either', async () => {
    const { requests, result } = await sending([['GET', 200, { snapshots: [] }]], (engine) =>
      engine.findSnapshots('backups', ['one']),
    );
    expect(requests).toEqual([
      { line: 'GET /_snapshot/backups/one', query: { ...MASTER, ignore_unavailable: 'true' } },
      { line: 'GET /_snapshot/backups/one', query: { ...MASTER, ignore_unavailable: 'true', verbose: 'false' } },
    ]);
    expect(result).toEqual([]);
  });

  const LENIENTLY: Answer = ['GET', 200, { snapshots: [] }, { ignore_unavailable: 'true', verbose: undefined }];
  const error = { error: { type: 'repository_exception', reason: 'its file is gone' }, status: 500 };
  const strictly = (status: number, body: object): Answer => ['GET', status, body, { ignore_unavailable: undefined }];

  it('is not absent where the catalogue has it and it cannot be read', async () => {
    const catalogue: Answer = ['GET', 200, { snapshots: [{ snapshot: 'one' }] }, { verbose: 'false' }];
    const finding = sending([LENIENTLY, catalogue, strictly(500, error)], (engine) =>
      engine.findSnapshots('backups', ['one']),
    );
    await expect(finding).rejects.toMatchObject({ code: 'REPOSITORY_UNAVAILABLE' });
  });

  it('is what the strict read says where only the lenient one left it out', async () => {
    const catalogue: Answer = ['GET', 200, { snapshots: [{ snapshot: 'one' }] }, { verbose: 'false' }];
    const { result } = await sending([LENIENTLY, catalogue, strictly(200, { snapshots: [info('one')] })], (engine) =>
      engine.findSnapshots('backups', ['one']),
    );
    expect(result.map(({ name }) => name)).toEqual(['one']);
  });
});

describe('a restore', () => {
  const restore: NewRestore = {
    repository: 'backups',
    snapshot: 'one',
    indices: ['optimize-a'],
    rename: undefined,
    as: 'saved',
  };
  const restoring = (more: Partial<NewRestore>) =>
    sending([['POST', 200, { accepted: true }]], (engine) => engine.startRestore({ ...restore, ...more }));
  const sent = {
    line: 'POST /_snapshot/backups/one/_restore',
    query: { ...MASTER, wait_for_completion: 'false' },
    body: {
      ...{ indices: ['optimize-a'], include_global_state: false, feature_states: ['none'] },
      ...{ partial: false, ignore_unavailable: false },
    },
  };

  it('in place restores complete indices with their aliases, and nothing else', async () => {
    const { requests } = await restoring({ as: 'saved' });
    expect(requests).toEqual([{ ...sent, body: { ...sent.body, include_aliases: true } }]);
  });

  it('of a copy has other names, no aliases and no replicas', async () => {
    const rename = { pattern: '(.+)', replacement: 'copy-$1' };
    const { requests } = await restoring({ as: 'copy', rename, settings: { 'index.hidden': 'true' } });
    expect(requests).toEqual([
      {
        ...sent,
        body: {
          ...sent.body,
          ...{ include_aliases: false, rename_pattern: '(.+)', rename_replacement: 'copy-$1' },
          index_settings: {
            'index.number_of_replicas': 0,
            'index.auto_expand_replicas': 'false',
            'index.hidden': 'true',
          },
        },
      },
    ]);
  });

  it('leaves out the settings that are named, and sets others', async () => {
    const settings = { 'index.blocks.write': 'true' };
    const { requests } = await restoring({ as: 'saved', ignoreSettings: ['index.lifecycle.name'], settings });
    const body = { include_aliases: true, ignore_index_settings: ['index.lifecycle.name'], index_settings: settings };
    expect(requests).toEqual([{ ...sent, body: { ...sent.body, ...body } }]);
  });

  it('is not begun where the engine does not accept it', async () => {
    const starting = sending([['POST', 200, { accepted: false }]], (engine) => engine.startRestore(restore));
    await expect(starting).rejects.toMatchObject({ code: 'ENGINE_ANSWER_INVALID' });
  });

  it.each([[[]], [['optimize-*']], [['_all']]])('of %j is rejected without a request', async (indices) => {
    const { requests, result } = await failing([['/', 200, {}]], (engine) =>
      engine.startRestore({ ...restore, indices }),
    );
    expect(result).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(requests).toEqual([]);
  });

  const snapshot = (change: object) => ({
    ...{ snapshot: 'one', uuid: 'u', state: 'SUCCESS', indices: ['optimize-a'], failures: [], version: '8.19.9' },
    ...{ shards: { total: 1, successful: 1, failed: 0 }, start_time_in_millis: 1, end_time_in_millis: 2 },
    ...change,
  });
  const failures = [{ index: 'optimize-a', shard_id: 0, reason: 'lost' }];
  const REFUSAL = { error: { type: 'snapshot_restore_exception', reason: 'cannot restore' }, status: 500 };

  it.each<[string, string, readonly object[]]>([
    ['an index is in the way of a whole snapshot', 'INDEX_EXISTS', [snapshot({})]],
    ['an index is in the way of a whole part of it', 'INDEX_EXISTS', [snapshot({ state: 'PARTIAL' })]],
    ['the snapshot failed', 'RESTORE_REFUSED', [snapshot({ state: 'FAILED' })]],
    ['it has no whole copy of the index', 'RESTORE_REFUSED', [snapshot({ state: 'PARTIAL', failures })]],
    ['it is not there', 'SNAPSHOT_NOT_FOUND', []],
  ])('that is refused says why: %s', async (_, code, snapshots) => {
    const answers: Answer[] = [['POST', 500, REFUSAL], STATE, ['GET', 200, { snapshots }]];
    await expect(sending(answers, (engine) => engine.startRestore(restore))).rejects.toMatchObject({ code });
  });

  it.each<[string, string, boolean]>([
    ['one of its indices is open', 'INDEX_EXISTS', true],
    ['all of its indices are closed', 'RESTORE_REFUSED', false],
  ])('that is refused says whether an index is in the way: %s', async (_, code, open) => {
    const state = stateOf({ 'optimize-a': { open: false }, 'optimize-b': { open } });
    const answers: Answer[] = [
      ['POST', 500, REFUSAL],
      [STATE[0], 200, state],
      ['GET', 200, { snapshots: [snapshot({})] }],
    ];
    const { requests, result } = await failing(answers, (engine) =>
      engine.startRestore({ ...restore, indices: ['optimize-a', 'optimize-b'] }),
    );
    expect(result).toMatchObject({ code, data: { call: 'startRestore', reason: 'cannot restore' } });
    expect(requests.at(-1)?.line).toBe('GET /_cluster/state/metadata,routing_table/optimize-a,optimize-b');
  });

  it.each<[number, string, string]>([
    [400, 'invalid_index_name_exception', 'RESTORE_REFUSED'],
    [503, 'snapshot_restore_exception', 'ENGINE_BUSY'],
  ])('that ends with %i %s is not looked into', async (status, type, code) => {
    const answers: Answer[] = [['POST', status, { error: { type }, status }], STATE, ['GET', 200, { snapshots: [] }]];
    const { requests, result } = await failing(answers, (engine) => engine.startRestore(restore));
    expect(result).toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });
});

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

describe('a repository', () => {
  it('is verified by all nodes', async () => {
    const { requests } = await sending([['POST', 200, { nodes: { a: { name: 'node-1' } } }]], (engine) =>
      engine.verifyRepository('backups'),
    );
    expect(requests).toEqual([{ line: 'POST /_snapshot/backups/_verify', query: MASTER }]);
  });

  it('is read by its settings and by a lookup of a snapshot that never exists', async () => {
    const { requests } = await sending(
      [
        ['GET /_snapshot/backups/tandem-probe', 200, { snapshots: [] }],
        ['GET /_snapshot/backups/*', 200, { snapshots: [{ snapshot: 'a' }, { snapshot: 'b' }] }],
        [
          'GET /_snapshot/backups',
          200,
          { backups: { type: 'fs', settings: { location: '/x', max_number_of_snapshots: '3' } } },
        ],
      ],
      async (engine) => expect(await engine.readRepository('backups')).toMatchObject({ snapshotsLeft: 1 }),
    );
    expect(requests.map(({ line, query }) => [line, query])).toEqual([
      ['GET /_snapshot/backups', MASTER],
      ['GET /_snapshot/backups/tandem-probe', { ...MASTER, ignore_unavailable: 'true' }],
      ['GET /_snapshot/backups/tandem-probe', { ...MASTER, ignore_unavailable: 'true', verbose: 'false' }],
      [
        'GET /_snapshot/backups/*',
        { ...MASTER, ignore_unavailable: 'true', verbose: 'false', filter_path: 'snapshots.snapshot,failures' },
      ],
    ]);
  });
});

describe('templates', () => {
  it('are put back in the order in which they name each other', async () => {
    const { requests } = await sending([['PUT', 200, { acknowledged: true }]], (engine) =>
      engine.putTemplates({
        legacyTemplates: { old: { order: 1 } },
        indexTemplates: { new: { priority: 1 } },
        componentTemplates: { part: { template: {} } },
        lifecyclePolicies: { policy: { policy: {} } },
      }),
    );
    expect(requests).toEqual([
      { line: 'PUT /_ilm/policy/policy', query: MASTER, body: { policy: {} } },
      { line: 'PUT /_component_template/part', query: MASTER, body: { template: {} } },
      { line: 'PUT /_index_template/new', query: MASTER, body: { priority: 1 } },
      { line: 'PUT /_template/old', query: MASTER, body: { order: 1 } },
    ]);
  });
});
