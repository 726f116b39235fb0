import { describe, expect, it } from 'vitest';
import type { Engine } from '../../port.ts';
import type { Answer } from '../answering.fixture.ts';
import { byLine, failing, LENIENT, MASTER, sending, stateOf } from '../sending.fixture.ts';

type Indices = Parameters<typeof stateOf>[0];

const STATE_LINE = 'GET /_cluster/state/metadata,routing_table/';
const stateIs = (indices: Indices): Answer => [STATE_LINE, 200, stateOf(indices)];
const HIDING = { blocks: { metadata: 'true' } };
const lines = (requests: readonly { readonly line: string }[]) => requests.map(({ line }) => line);

describe('describing indices', () => {
  const settings = (name: string) => ({
    ...{ 'index.uuid': `u-${name}`, 'index.version.created': '8190099' },
    ...{ 'index.number_of_shards': '1', 'index.number_of_replicas': '0' },
  });
  const facts = (name: string) => ({ settings: settings(name), aliases: {}, mappings: {} });
  const READABLE: Answer = [
    'GET /optimize-b,optimize-a',
    200,
    { 'optimize-b': facts('optimize-b'), 'optimize-a': facts('optimize-a') },
  ];
  const BLOCKED: Answer = [
    'GET /_cluster/state/metadata/optimize-c',
    200,
    { metadata: { indices: { 'optimize-c': { settings: settings('optimize-c'), mappings: {}, aliases: [] } } } },
  ];
  const described = (indices: Indices) =>
    sending([stateIs(indices), READABLE, BLOCKED], (engine) =>
      engine.describeIndices(['optimize-b', 'optimize-c', 'optimize-a']),
    );

  it('reads those that are blocked for metadata from the cluster state, and returns all sorted', async () => {
    const { requests, result } = await described({ 'optimize-b': {}, 'optimize-c': HIDING, 'optimize-a': {} });
    expect(requests.slice(1)).toEqual([
      { line: 'GET /optimize-b,optimize-a', query: { ...MASTER, ...LENIENT, flat_settings: 'true' } },
      {
        line: 'GET /_cluster/state/metadata/optimize-c',
        query: {
          ...{ ...MASTER, ...LENIENT, flat_settings: 'true' },
          filter_path: 'metadata.indices.*.settings,metadata.indices.*.mappings,metadata.indices.*.aliases',
        },
      },
    ]);
    expect(result.map(({ name }) => name)).toEqual(['optimize-a', 'optimize-b', 'optimize-c']);
  });

  it.each<[string, Indices, readonly string[], readonly string[]]>([
    ['none is blocked', { 'optimize-b': {}, 'optimize-a': {} }, [READABLE[0]], ['optimize-a', 'optimize-b']],
    ['all are blocked', { 'optimize-c': HIDING }, [BLOCKED[0]], ['optimize-c']],
    ['none is there', {}, [], []],
  ])('requests no list of no names, which would mean all indices: %s', async (_, indices, requested, names) => {
    const { requests, result } = await described(indices);
    expect(lines(requests.slice(1))).toEqual(requested);
    expect(result.map(({ name }) => name)).toEqual(names);
  });
});

describe('measuring indices', () => {
  const copy = { routing: { primary: true }, seq_no: { max_seq_no: 9, local_checkpoint: 9 } };
  const figures = { primaries: { store: { size_in_bytes: 10 } }, shards: { 0: [copy] } };
  const OTHERS: readonly Answer[] = [
    ['GET /optimize-b,optimize-a/_stats', 200, { indices: { 'optimize-a': figures, 'optimize-b': figures } }],
    ['GET /optimize-a/_stats', 200, { indices: { 'optimize-a': figures } }],
    ['POST /', 200, {}],
  ];
  const measuring = (engine: Engine) =>
    engine.measureIndices(['optimize-b', 'optimize-a', 'optimize-c'], 'operations-last');

  it('measures the open ones, and returns them sorted', async () => {
    const indices = { 'optimize-b': {}, 'optimize-c': { open: false }, 'optimize-a': {} };
    const { requests, result } = await sending([stateIs(indices), ...OTHERS], measuring);
    expect(lines(requests.slice(1))).toEqual([
      'POST /optimize-b,optimize-a/_refresh',
      'POST /optimize-b,optimize-a/_search',
      'GET /optimize-b,optimize-a/_stats/docs,store',
    ]);
    expect(result.map(({ name }) => name)).toEqual(['optimize-a', 'optimize-b']);
  });

  it('requests no figures where none is open', async () => {
    const { requests, result } = await sending([stateIs({ 'optimize-c': { open: false } }), ...OTHERS], measuring);
    expect(requests).toHaveLength(1);
    expect(result).toEqual([]);
  });

  it.each<[string, Indices, string]>([
    [
      'one is not started',
      { 'optimize-a': {}, 'optimize-b': { shards: ['STARTED', 'INITIALIZING'] } },
      'not all primary shards of optimize-b are started',
    ],
    [
      'the figures are of fewer',
      { 'optimize-a': { shards: ['STARTED', 'STARTED'] } },
      'the engine reports figures of 1 of 2 primary shards of optimize-a',
    ],
  ])('does not count some primary shards for all of them: %s', async (_, indices, reason) => {
    const { result } = await failing([stateIs(indices), ...OTHERS], measuring);
    expect(result).toMatchObject({ code: 'ENGINE_BUSY', data: { reason } });
  });

  it('sends nothing else while a primary shard is not started', async () => {
    const { requests } = await failing([stateIs({ 'optimize-a': { shards: ['UNASSIGNED'] } })], measuring);
    expect(requests).toHaveLength(1);
  });
});

describe('reading sequence numbers', () => {
  const primary = { routing: { primary: true }, seq_no: { max_seq_no: 4 } };
  const names = ['optimize-b', 'optimize-c', 'optimize-a', 'optimize-d', 'optimize-e', 'optimize-f'];
  const read = (indices: Indices, shards: Readonly<Record<string, object>>) =>
    sending([stateIs(indices), ['GET', 200, { indices: shards }]], (engine) => engine.readOperations(names));

  it('requests those that are open, readable and started, and returns them sorted', async () => {
    const indices: Indices = {
      ...{ 'optimize-b': {}, 'optimize-c': { open: false }, 'optimize-a': {}, 'optimize-d': HIDING },
      ...{ 'optimize-e': { shards: ['INITIALIZING'] }, 'optimize-f': { ...HIDING, open: false, shards: [] } },
    };
    const shards = { shards: { 0: [primary] } };
    const { requests, result } = await read(indices, { 'optimize-b': shards, 'optimize-a': shards });
    expect(lines(requests.slice(1))).toEqual(['GET /optimize-b,optimize-a/_stats/docs']);
    expect(result).toEqual([
      { name: 'optimize-a', operations: 5 },
      { name: 'optimize-b', operations: 5 },
    ]);
  });

  it('leaves out an index of which the reply lacks a primary shard', async () => {
    const two = { shards: ['STARTED', 'STARTED'] };
    const { result } = await read(
      { 'optimize-a': two, 'optimize-b': two },
      { 'optimize-a': { shards: { 0: [primary] } }, 'optimize-b': { shards: { 0: [primary], 1: [primary] } } },
    );
    expect(result).toEqual([{ name: 'optimize-b', operations: 10 }]);
  });

  it('requests no list of no names', async () => {
    const { requests, result } = await read({ 'optimize-c': { open: false } }, { 'optimize-c': {} });
    expect(requests).toHaveLength(1);
    expect(result).toEqual([]);
  });
});

describe('the recoveries of indices', () => {
  const source = { repository: 'backups', snapshot: 'one', restoreUUID: 'r' };
  const size = { total_in_bytes: 10, recovered_in_bytes: 3, reused_in_bytes: 1 };
  const shards = [{ type: 'SNAPSHOT', primary: true, source, index: { size } }];
  const recovering = (indices: Indices, reply: object) =>
    sending([stateIs(indices), ['GET', 200, reply]], (engine) =>
      engine.indexRecoveries(['optimize-b', 'optimize-c', 'optimize-a']),
    );

  it('are those of the engine and of the state for what is blocked for metadata, sorted', async () => {
    const { requests, result } = await recovering(
      { 'optimize-b': {}, 'optimize-c': HIDING, 'optimize-a': { shards: ['STARTED', 'INITIALIZING'] } },
      { 'optimize-b': { shards }, 'optimize-a': { shards } },
    );
    expect(requests.slice(1)).toEqual([
      {
        line: 'GET /optimize-b,optimize-a/_recovery',
        query: { ...LENIENT, filter_path: '*.shards.type,*.shards.primary,*.shards.source,*.shards.index.size' },
      },
    ]);
    const restored = { bytes: 10, bytesDone: 4, source: { repository: 'backups', snapshot: 'one', restoreUuid: 'r' } };
    expect(result).toMatchObject([
      { ...restored, name: 'optimize-a', uuid: 'u-optimize-a', blocks: [], shards: 2, shardsDone: 1, failures: [] },
      { ...restored, name: 'optimize-b', shards: 1, shardsDone: 1 },
      { name: 'optimize-c', blocks: ['metadata'], shards: 1, shardsDone: 1, bytes: 0, source: undefined },
    ]);
  });

  it.each<[string, Indices, number]>([
    ['all are blocked', { 'optimize-c': HIDING }, 1],
    ['none is there', {}, 0],
  ])('are not requested of no names: %s', async (_, indices, count) => {
    const { requests, result } = await recovering(indices, {});
    expect(requests).toHaveLength(1);
    expect(result).toHaveLength(count);
  });
});

it('knows which snapshots run, and of which indices', async () => {
  const snapshots = [{ repository: 'backups', snapshot: 'one', indices: { 'optimize-b': {}, 'optimize-a': {} } }];
  const { requests, result } = await sending([['GET', 200, { snapshots }]], (engine) => engine.runningSnapshots());
  expect(requests).toEqual([
    {
      line: 'GET /_snapshot/_status',
      query: {
        ...MASTER,
        filter_path: 'snapshots.repository,snapshots.snapshot,snapshots.indices.*.shards_stats.total',
      },
    },
  ]);
  expect(result).toEqual([{ repository: 'backups', name: 'one', indices: ['optimize-a', 'optimize-b'] }]);
});

describe('reading templates', () => {
  const POLICIES = { mine: { version: 1, policy: { phases: {} } }, other: { policy: {} } };
  const indexTemplate = { index_patterns: ['optimize-a*'], composed_of: ['part'] };
  const replies = (policies: Answer, components: number = 200): readonly Answer[] => [
    policies,
    ['GET /_component_template', components, { component_templates: [{ name: 'part', component_template: {} }] }],
    ['GET /_index_template', 200, { index_templates: [{ name: 'new', index_template: indexTemplate }] }],
    ['GET /_template', 200, { old: { index_patterns: ['optimize-a'] } }],
    [
      'GET /_cluster/state/metadata/optimize-a',
      200,
      { metadata: { indices: { 'optimize-a': { settings: { 'index.lifecycle.name': 'mine' } } } } },
    ],
  ];
  const read = (engine: Engine) => engine.readTemplates('optimize', ['optimize-a']);
  const found = {
    componentTemplates: { part: {} },
    indexTemplates: { new: indexTemplate },
    legacyTemplates: { old: { index_patterns: ['optimize-a'] } },
  };

  it('reads all kinds, and the policy that each index names from the cluster state', async () => {
    const { requests, result } = await sending(replies(['GET /_ilm/policy', 200, POLICIES]), read);
    expect(byLine(requests.slice(0, 4))).toEqual(
      ['_component_template', '_ilm/policy', '_index_template', '_template'].map((path) => ({
        line: `GET /${path}`,
        query: MASTER,
      })),
    );
    expect(requests.slice(4)).toEqual([
      {
        line: 'GET /_cluster/state/metadata/optimize-a',
        query: {
          ...{ ...MASTER, ...LENIENT, flat_settings: 'true' },
          filter_path: 'metadata.indices.*.settings.index\\.lifecycle\\.name',
        },
      },
    ]);
    expect(result).toEqual({ ...found, lifecyclePolicies: { mine: { policy: { phases: {} } } } });
  });

  it.each([400, 404, 405])('takes %i for an engine that knows no policies', async (status) => {
    const { result } = await sending(replies(['GET /_ilm/policy', status, { error: 'no handler' }]), read);
    expect(result).toEqual({ ...found, lifecyclePolicies: {} });
  });

  it.each<[string, Answer, number, readonly string[]]>([
    ['policies', ['GET /_ilm/policy', 403, { error: { reason: 'no' } }], 200, ['lifecyclePolicies']],
    ['component templates', ['GET /_ilm/policy', 200, POLICIES], 405, ['componentTemplates']],
    ['both', ['GET /_ilm/policy', 401, { Message: 'not allowed' }], 410, ['lifecyclePolicies', 'componentTemplates']],
  ])('lists %s that it may not read as unread, not as none', async (_, policies, components, kinds) => {
    const { result } = await sending(replies(policies, components), read);
    expect(result.unread).toEqual(kinds.map((kind) => ({ kind, reason: expect.any(String) })));
    expect(result.indexTemplates).toEqual(found.indexTemplates);
  });

  it.each([429, 500, 503])('fails with a list that fails with %i', async (status) => {
    const { result } = await failing(replies(['GET /_ilm/policy', status, {}]), read);
    expect(result).toMatchObject({ code: status === 500 ? 'ENGINE_FAILED' : 'ENGINE_BUSY' });
  });
});

describe('putting templates back', () => {
  const none = { lifecyclePolicies: {}, componentTemplates: {}, legacyTemplates: {} };
  const putting = (engine: Engine) => engine.putTemplates({ ...none, indexTemplates: { first: {}, second: {} } });
  const SECOND: Answer = ['PUT /_index_template/second', 200, { acknowledged: true }];
  const first = (status: number, error: unknown): Answer => ['PUT /_index_template/first', status, { error }];

  it.each<[number, unknown, unknown]>([
    [400, { type: 'illegal_argument_exception', reason: 'overlaps' }, 'overlaps'],
    [403, { type: 'security_exception', reason: 'not allowed' }, 'not allowed'],
    [
      400,
      { type: 'illegal_argument_exception' },
      expect.stringMatching(/refused the call .*illegal_argument_exception/),
    ],
  ])('names one that is refused with %i %j, and puts the others', async (status, error, reason) => {
    const { requests, result } = await sending([first(status, error), SECOND], putting);
    expect(result).toEqual([{ template: 'indexTemplates/first', reason }]);
    expect(requests).toHaveLength(2);
  });

  it.each<[number, object, string]>([
    [503, { error: {} }, 'ENGINE_BUSY'],
    [500, { error: {} }, 'ENGINE_FAILED'],
    [200, { acknowledged: false }, 'ENGINE_ANSWER_INVALID'],
  ])('stops at %i %j, which is no refusal of that template', async (status, body, code) => {
    const { requests, result } = await failing([['PUT /_index_template/first', status, body], SECOND], putting);
    expect(result).toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });
});

describe('a change of indices', () => {
  it('blocks nothing where none is there, although no names would mean all', async () => {
    const { requests } = await sending([stateIs({}), ['PUT', 200, { acknowledged: true }]], (engine) =>
      engine.setIndexBlock(['optimize-a'], 'write', 'set'),
    );
    expect(lines(requests)).toEqual([`${STATE_LINE}optimize-a`]);
  });

  it('says which index was not closed, and why', async () => {
    const refused = { indices: { 'optimize-a': { closed: false, exception: { reason: 'busy' } } } };
    const { result } = await failing([stateIs({ 'optimize-a': {} }), ['POST', 200, refused]], (engine) =>
      engine.closeIndices(['optimize-a']),
    );
    expect(result).toMatchObject({ data: { reason: 'optimize-a was not closed: busy' } });
  });
});

const BAD = ['optimize-a', 'optimize-*'];

it.each<[string, (engine: Engine) => Promise<unknown>]>([
  ['describeIndices', (engine) => engine.describeIndices(BAD)],
  ['measureIndices', (engine) => engine.measureIndices(BAD, 'operations-first')],
  ['readOperations', (engine) => engine.readOperations(BAD)],
  ['readTemplates', (engine) => engine.readTemplates('optimize', BAD)],
  ['readTemplates of a prefix', (engine) => engine.readTemplates('*', ['optimize-a'])],
  ['indexRecoveries', (engine) => engine.indexRecoveries(BAD)],
  ['deleteIndices', (engine) => engine.deleteIndices(BAD)],
  ['closeIndices', (engine) => engine.closeIndices(BAD)],
  ['setIndexBlock', (engine) => engine.setIndexBlock(BAD, 'write', 'set')],
  ['listIndices', (engine) => engine.listIndices('*')],
  ['readOptimizeMetadata', (engine) => engine.readOptimizeMetadata('*')],
])('%s rejects a pattern and sends no request', async (_, call) => {
  const { requests, result } = await failing([['/', 200, {}]], call);
  expect(result).toMatchObject({ code: 'REQUEST_INVALID' });
  expect(requests).toEqual([]);
});
