import { describe, expect, it } from 'vitest';
import type { Engine } from '../../port.ts';
import type { Answer } from '../answering.fixture.ts';
import { byLine, failing, MASTER, sending } from '../sending.fixture.ts';

const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
const newSnapshot = { repository: 'backups', name: 'one', indices: ['optimize-a'], owner };

const info = (name: string) => ({
  ...{ snapshot: name, uuid: `u-${name}`, state: 'SUCCESS', indices: ['optimize-a'], failures: [] },
  ...{ shards: { total: 1, successful: 1, failed: 0 }, start_time_in_millis: 1, end_time_in_millis: 2 },
});
const listing = (...names: string[]) => ({ snapshots: names.map((snapshot) => ({ snapshot })) });
const lines = (requests: readonly { readonly line: string }[]) => requests.map(({ line }) => line);

describe('what Tandem reads first', () => {
  it('is its version and the uuid of its cluster', async () => {
    const { requests, result } = await sending(
      [
        ['GET /_nodes', 200, { nodes: { a: { version: '8.19.9', index_version: 8_536_000 } } }],
        ['GET /_cluster/state', 200, { cluster_uuid: 'cluster' }],
      ],
      (engine) => engine.info(),
    );
    expect(byLine(requests)).toEqual([
      { line: 'GET /_cluster/state/version', query: { ...MASTER, filter_path: 'cluster_uuid' } },
      {
        line: 'GET /_nodes/_all/process',
        query: { filter_path: 'nodes.*.version,nodes.*.index_version', timeout: '1500ms' },
      },
    ]);
    expect(result).toMatchObject({ version: '8.19.9', newestReadable: 8_536_000, clusterUuid: 'cluster' });
  });

  it('is the document in which Optimize keeps its version', async () => {
    const document = { found: true, _source: { schemaVersion: '3.9.0', installationId: 'i' } };
    const { requests, result } = await sending([['GET', 200, document]], (engine) =>
      engine.readOptimizeMetadata('optimize'),
    );
    expect(requests).toEqual([{ line: 'GET /optimize-metadata/_doc/1', query: {} }]);
    expect(result).toEqual({ schemaVersion: '3.9.0', installationId: 'i' });
  });

  it.each([{ found: false }, { error: { type: 'index_not_found_exception' }, status: 404 }])(
    'is not there where the engine replies 404 %j',
    async (body) => {
      const { result } = await sending([['GET', 404, body]], (engine) => engine.readOptimizeMetadata('optimize'));
      expect(result).toBeUndefined();
    },
  );
});

describe('a repository', () => {
  const repository = (settings: object): Answer => [
    'GET /_snapshot/backups',
    200,
    { backups: { type: 'fs', settings } },
  ];
  const PROBE: Answer = ['GET /_snapshot/backups/tandem-probe', 200, { snapshots: [] }];
  const reading = (count: Answer, settings: object) =>
    sending([PROBE, count, repository(settings)], (engine) => engine.readRepository('backups'));

  it('without a limit has no snapshots left to count', async () => {
    const { requests, result } = await reading(['GET /_snapshot/backups/*', 500, {}], {});
    expect(result).toMatchObject({ name: 'backups', type: 'fs', snapshotsLeft: undefined });
    expect(lines(requests)).not.toContain('GET /_snapshot/backups/*');
  });

  it.each<[number, object]>([
    [3, {}],
    [1, listing('a', 'b')],
    [0, listing('a', 'b', 'c', 'd')],
  ])('with a limit of three takes %i more where it lists %j', async (left, list) => {
    const { result } = await reading(['GET /_snapshot/backups/*', 200, list], { max_number_of_snapshots: '3' });
    expect(result.snapshotsLeft).toBe(left);
  });

  it.each<[string, (engine: Engine) => Promise<unknown>]>([
    ['readRepository', (engine) => engine.readRepository('*')],
    ['verifyRepository', (engine) => engine.verifyRepository('*')],
    ['findSnapshots', (engine) => engine.findSnapshots('*', ['one'])],
    ['listSnapshots', (engine) => engine.listSnapshots('*', 'camunda_')],
    ['startSnapshot', (engine) => engine.startSnapshot({ ...newSnapshot, repository: '*' })],
    ['snapshotProgress', (engine) => engine.snapshotProgress('*', 'one')],
    ['deleteSnapshot', (engine) => engine.deleteSnapshot('*', 'one')],
    [
      'startRestore',
      (engine) =>
        engine.startRestore({
          ...{ repository: '*', snapshot: 'one', indices: ['optimize-a'], rename: undefined, as: 'saved' },
        }),
    ],
  ])('whose name is a pattern is unknown to %s, which sends no request', async (_, call) => {
    const { requests, result } = await failing([['/', 200, {}]], call);
    expect(result).toMatchObject({
      code: 'REPOSITORY_UNKNOWN',
      data: { reason: 'no repository can have such a name' },
    });
    expect(requests).toEqual([]);
  });
});

it.each<[string, (engine: Engine) => Promise<unknown>]>([
  ['findSnapshots of a list', (engine) => engine.findSnapshots('backups', ['one', 'two,three'])],
  ['findSnapshots of all', (engine) => engine.findSnapshots('backups', ['*'])],
  ['findSnapshots of the end of a name', (engine) => engine.findSnapshots('backups', ['*one'])],
  ['listSnapshots', (engine) => engine.listSnapshots('backups', '*')],
  ['startSnapshot', (engine) => engine.startSnapshot({ ...newSnapshot, name: 'on*' })],
  ['startSnapshot of the whole cluster', (engine) => engine.startSnapshot({ ...newSnapshot, indices: [] })],
  ['snapshotProgress', (engine) => engine.snapshotProgress('backups', 'on*')],
  ['deleteSnapshot', (engine) => engine.deleteSnapshot('backups', 'on*')],
])('%s is rejected without a request', async (_, call) => {
  const { requests, result } = await failing([['/', 200, {}]], call);
  expect(result).toMatchObject({ code: 'REQUEST_INVALID' });
  expect(requests).toEqual([]);
});

it.each<[string, object, string]>([
  ['is in use', { snapshots: [info('one')] }, 'SNAPSHOT_EXISTS'],
  ['is not allowed', { snapshots: [] }, 'ENGINE_REFUSED'],
])('looks up what is wrong with a name that 7.17 calls invalid: it %s', async (_, found, code) => {
  const refusal = { error: { type: 'invalid_snapshot_name_exception', reason: 'taken' }, status: 400 };
  const { result } = await failing(
    [
      ['PUT', 400, refusal],
      ['GET', 200, found],
    ],
    (engine) => engine.startSnapshot(newSnapshot),
  );
  expect(result).toMatchObject({ code, data: { call: 'startSnapshot', reason: 'taken' } });
});

describe('finding snapshots by a pattern', () => {
  const LENIENTLY = { ignore_unavailable: 'true', verbose: undefined };
  const CATALOGUE = { verbose: 'false' };
  const STRICTLY = { ignore_unavailable: undefined };
  const at = (names: string, body: object, query: NonNullable<Answer[3]>, status = 200): Answer => [
    `GET /_snapshot/backups/${names}`,
    status,
    body,
    query,
  ];
  const GONE = { error: { type: 'snapshot_missing_exception', reason: 'gone' }, status: 404 };

  it('are read leniently and in the catalogue, and strictly where only that has them', async () => {
    const { requests, result } = await sending(
      [
        at('one,camunda_*', { snapshots: [info('one'), info('camunda_a')] }, LENIENTLY),
        at('one,camunda_*', listing('one', 'camunda_a', 'camunda_b'), CATALOGUE),
        at('camunda_b', { snapshots: [info('camunda_b')] }, STRICTLY),
      ],
      (engine) => engine.findSnapshots('backups', ['one', 'camunda_*']),
    );
    expect(result.map(({ name }) => name)).toEqual(['one', 'camunda_a', 'camunda_b']);
    expect(requests).toHaveLength(3);
    expect(requests[2]).toEqual({ line: 'GET /_snapshot/backups/camunda_b', query: MASTER });
  });

  const hidden = (...answers: Answer[]): readonly Answer[] => [
    at('camunda_*', { snapshots: [] }, LENIENTLY),
    at('camunda_*', listing('camunda_a', 'camunda_b'), CATALOGUE),
    ...answers,
  ];
  const find = (engine: Engine) => engine.findSnapshots('backups', ['camunda_*']);
  const REFUSED = at('camunda_a,camunda_b', GONE, STRICTLY, 404);
  const stillThere = (...names: string[]) => at('camunda_a,camunda_b', listing(...names), CATALOGUE);

  it('are those that are left where one was deleted meanwhile', async () => {
    const left = at('camunda_b', { snapshots: [info('camunda_b')] }, STRICTLY);
    const { result } = await sending(hidden(REFUSED, stillThere('camunda_b'), left), find);
    expect(result.map(({ name }) => name)).toEqual(['camunda_b']);
  });

  it('are none where all were deleted meanwhile, and no list of no names is requested', async () => {
    const { requests, result } = await sending(hidden(REFUSED, stillThere()), find);
    expect(result).toEqual([]);
    expect(requests).toHaveLength(4);
  });

  it('cannot be read where the catalogue still has all of them', async () => {
    const { result } = await failing(hidden(REFUSED, stillThere('camunda_a', 'camunda_b')), find);
    expect(result).toMatchObject({ code: 'REPOSITORY_UNAVAILABLE', data: { reason: 'gone' } });
  });

  it('are not called gone where the strict answer is not understood', async () => {
    const odd = at('camunda_a,camunda_b', { snapshots: [{}] }, STRICTLY);
    const { result } = await failing(hidden(odd, stillThere()), find);
    expect(result).toMatchObject({ code: 'ENGINE_ANSWER_INVALID' });
  });

  it('report the error that 7.17 puts beside its list', async () => {
    const failures = { backups: { type: 'repository_exception', reason: 'broken' } };
    const { result } = await failing([['GET', 200, { snapshots: [], failures }]], find);
    expect(result).toMatchObject({
      code: 'REPOSITORY_UNAVAILABLE',
      data: { type: 'repository_exception', reason: 'broken' },
    });
  });
});
