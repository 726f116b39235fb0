import { describe, expect, it } from 'vitest';
import type { Engine } from '../../port.ts';
import type { Answer } from '../answering.fixture.ts';
import { byLine, failing, LENIENT, MASTER, sending } from '../sending.fixture.ts';

const SETTINGS: Answer = ['GET /_cluster/settings', 200, { persistent: {}, transient: {}, defaults: {} }];
const HEALTH: Answer = [
  'GET /_cluster/health',
  200,
  { indices: { 'optimize-a': { status: 'green' }, 'optimize-b': { status: 'red' } } },
];
const BLOCKS: Answer = [
  'GET /_cluster/state/metadata/',
  200,
  { metadata: { indices: { 'optimize-a': { settings: { index: { blocks: { write: 'true' } } } } } } },
];
const privileges = (status: number): Answer => ['POST /_security', status, { error: { type: 'x', reason: 'y' } }];

describe('the conditions of a restore', () => {
  it('are read from the settings, the blocks of the indices, the privileges and the health of all indices', async () => {
    const { requests, result } = await sending([SETTINGS, HEALTH, BLOCKS, privileges(400)], (engine) =>
      engine.clusterConditions(['optimize-a', 'optimize-c']),
    );
    expect(byLine(requests)).toEqual([
      {
        line: 'GET /_cluster/health',
        query: { ...MASTER, level: 'indices', expand_wildcards: 'all', filter_path: 'indices.*.status' },
      },
      {
        line: 'GET /_cluster/settings',
        query: {
          ...MASTER,
          ...{ include_defaults: 'true', flat_settings: 'true' },
          filter_path: '*.cluster\\.routing\\.allocation\\.*,*.cluster\\.blocks\\.*',
        },
      },
      {
        line: 'GET /_cluster/state/metadata/optimize-a,optimize-c',
        query: { ...MASTER, ...LENIENT, filter_path: 'metadata.indices.*.settings.index.blocks' },
      },
      {
        line: 'POST /_security/user/_has_privileges',
        query: {},
        body: {
          cluster: ['create_snapshot', 'cluster:admin/snapshot/create', 'cluster:admin/snapshot/restore'],
          index: [{ names: ['optimize-a', 'optimize-c'], privileges: ['manage', 'delete_index'] }],
        },
      },
    ]);
    expect(result).toEqual({
      ...{ settings: {}, lacking: undefined, redIndices: ['optimize-b'] },
      indexBlocks: new Map([['optimize-a', ['write']]]),
    });
  });

  it('are not reported without privileges where the engine is too busy', async () => {
    const { result } = await failing([SETTINGS, HEALTH, BLOCKS, privileges(503)], (engine) =>
      engine.clusterConditions(['optimize-a']),
    );
    expect(result).toMatchObject({ code: 'ENGINE_BUSY' });
  });
});

it('reads room and shards from the nodes, the settings and the state of the cluster', async () => {
  const { requests } = await sending([['/', 403, {}]], (engine) => engine.capacity());
  expect(byLine(requests)).toEqual([
    {
      line: 'GET /_cluster/settings',
      query: {
        ...MASTER,
        ...{ include_defaults: 'true', flat_settings: 'true' },
        filter_path: '*.cluster\\.routing\\.allocation\\.disk*,*.cluster\\.max_shards_per_node',
      },
    },
    {
      line: 'GET /_cluster/state/metadata',
      query: {
        ...MASTER,
        filter_path: [
          ...['state', 'settings.index.number_of_shards', 'settings.index.number_of_replicas'],
          'settings.index.shard_limit.group',
        ]
          .map((field) => `metadata.indices.*.${field}`)
          .join(),
      },
    },
    {
      line: 'GET /_cluster/state/routing_nodes',
      query: { ...MASTER, filter_path: 'routing_nodes.nodes.*.state' },
    },
    {
      line: 'GET /_nodes/stats/fs',
      query: {
        filter_path: ['name', 'host', 'ip', 'attributes', 'roles', 'fs.total']
          .map((field) => `nodes.*.${field}`)
          .join(),
        timeout: '1500ms',
      },
    },
  ]);
});

it('reads the stored copies of closed and hidden indices too', async () => {
  const copies = [{ routing: { node: 'n1' }, store: { size_in_bytes: 7 } }];
  const { requests, result } = await sending(
    [['GET', 200, { indices: { 'optimize-a': { shards: { 0: copies } } } }]],
    (engine) => engine.storedCopies(['optimize-a', 'optimize-b']),
  );
  expect(requests).toEqual([
    {
      line: 'GET /optimize-a,optimize-b/_stats/store',
      query: {
        ...LENIENT,
        ...{ level: 'shards', forbid_closed_indices: 'false' },
        filter_path: 'indices.*.shards.*.routing.node,indices.*.shards.*.store.size_in_bytes',
      },
    },
  ]);
  expect(result).toEqual([{ index: 'optimize-a', node: 'n1', bytes: 7 }]);
});

describe('the owners of aliases', () => {
  const resolved: Answer = [
    'GET /_resolve/index/',
    200,
    {
      aliases: [
        { name: 'optimize-alert', indices: ['optimize-b', 'optimize-a'] },
        { name: 'optimize-alerts-else', indices: ['optimize-c'] },
      ],
    },
  ];
  const read = (status: number, body: object) =>
    sending([resolved, ['GET /optimize-b,optimize-a/_alias', status, body]], (engine) =>
      engine.aliasOwners(['optimize-alert', 'optimize-none']),
    );

  it('are the indices behind them and their marks, sorted, without the other aliases of these', async () => {
    const { requests, result } = await read(200, {
      'optimize-b': { aliases: { 'optimize-alert': { is_write_index: true }, 'optimize-else': {} } },
      'optimize-a': { aliases: { 'optimize-alert': {} } },
    });
    expect(requests).toEqual([
      {
        line: 'GET /_resolve/index/optimize-alert*,optimize-none*',
        query: { expand_wildcards: 'all', filter_path: 'aliases' },
      },
      { line: 'GET /optimize-b,optimize-a/_alias', query: LENIENT },
    ]);
    expect(result).toEqual([
      { alias: 'optimize-alert', index: 'optimize-a', isWriteIndex: undefined },
      { alias: 'optimize-alert', index: 'optimize-b', isWriteIndex: true },
    ]);
  });

  it('are none where the indices are gone meanwhile', async () => {
    expect((await read(404, { error: 'alias missing', status: 404 })).result).toEqual([]);
  });
});

it.each<[string, (engine: Engine) => Promise<unknown>]>([
  ['clusterConditions', (engine) => engine.clusterConditions(['optimize-a', 'optimize-*'])],
  ['storedCopies', (engine) => engine.storedCopies(['optimize-a', 'optimize-*'])],
  ['aliasOwners', (engine) => engine.aliasOwners(['optimize-a', 'optimize-*'])],
])('%s rejects a pattern and sends no request', async (_, call) => {
  const { requests, result } = await failing([['/', 200, {}]], call);
  expect(result).toMatchObject({ code: 'REQUEST_INVALID' });
  expect(requests).toEqual([]);
});
