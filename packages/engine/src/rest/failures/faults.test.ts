import { describe, expect, it } from 'vitest';
import { answering, errorBody, failureOf, newSnapshot, PRODUCT } from './faults.fixture.ts';

/** The error of `_verify` where one node failed. */
const nodeError = (said: string, type: string) => ({
  type: 'repository_verification_exception',
  reason: `[backups] [[vgTbIc3_RomVYf2q5P195g, 'org.elasticsearch.transport.${said}']]`,
  suppressed: [{ type, reason: said }],
});

const remote = (node: string) =>
  nodeError(`RemoteTransportException: [${node}][127.0.0.1:9302][internal:admin/repository/verify]`, '');

describe('An engine that returns an error', () => {
  it.each([
    [429, 'es_rejected_execution_exception', 'ENGINE_BUSY'],
    [502, 'anything', 'ENGINE_BUSY'],
    [503, 'master_not_discovered_exception', 'ENGINE_BUSY'],
    [503, 'repository_exception', 'ENGINE_BUSY'],
    [504, 'anything', 'ENGINE_BUSY'],
    [401, 'security_exception', 'ENGINE_FORBIDDEN'],
    [403, 'security_exception', 'ENGINE_FORBIDDEN'],
    [403, 'cluster_block_exception', 'ENGINE_BLOCKED'],
    [429, 'cluster_block_exception', 'ENGINE_BUSY'],
    [503, 'cluster_block_exception', 'ENGINE_BUSY'],
    [400, 'illegal_argument_exception', 'ENGINE_REFUSED'],
    [404, 'index_not_found_exception', 'INDEX_NOT_FOUND'],
    [404, 'repository_missing_exception', 'REPOSITORY_UNKNOWN'],
    [400, 'snapshot_name_already_in_use_exception', 'SNAPSHOT_EXISTS'],
    [500, 'repository_exception', 'REPOSITORY_UNAVAILABLE'],
    [500, 'repository_verification_exception', 'REPOSITORY_UNAVAILABLE'],
    [500, 'snapshot_exception', 'ENGINE_FAILED'],
    [404, 'snapshot_missing_exception', 'ENGINE_REFUSED'],
  ])('%i %s at startSnapshot -> %s', async (status, type, code) => {
    const { engine, requests } = await answering((_, response) =>
      response.writeHead(status, PRODUCT).end(errorBody(type)),
    );
    const failure = await failureOf(engine.startSnapshot(newSnapshot));
    expect(failure).toMatchObject({ code, data: { call: 'startSnapshot', status, type, reason: 'on purpose' } });
    expect(requests.filter((request) => request.startsWith('PUT'))).toHaveLength(1);
  });

  it.each([
    ['the master cannot write', '[backups] path  is not accessible on master node', true],
    [
      'a node cannot read',
      "[backups] [[x, 'RemoteTransportException[[n2][internal:admin/repository/verify]]; nested: RepositoryVerificationException[[backups] a file written by master to the store [/b] cannot be accessed on the node']]",
      undefined,
    ],
    [
      'a node cannot write',
      "[backups] [[x, 'RemoteTransportException[[n2][internal:admin/repository/verify]]; nested: RepositoryVerificationException[[backups] store location [/b] is not accessible on the node']]",
      undefined,
    ],
  ])('says of a verification whether it is known only that %s', async (_, reason, onlyWriting) => {
    const { engine } = await answering((_request, response) =>
      response.writeHead(500, PRODUCT).end(errorBody('repository_verification_exception', reason)),
    );
    const failure = await failureOf(engine.verifyRepository('backups'));
    expect(failure).toMatchObject({ code: 'REPOSITORY_UNAVAILABLE', data: { reason } });
    expect(failure.data.nodes).toEqual(onlyWriting === true ? undefined : ['n2']);
    expect(failure.data.onlyWriting).toBe(onlyWriting);
  });

  // as two nodes of 8.19.21 replied: storage not mounted, a file in the folder's place, a node that was killed during the call, one that had left
  it.each<[string, object, object]>([
    [
      'the storage is not mounted',
      {
        ...remote('n2'),
        suppressed: [
          {
            type: 'repository_verification_exception',
            reason:
              '[backups] a file written by master to the store [/mnt/b] cannot be accessed on the node [{n2}{vgTb}{n2}]',
            caused_by: { type: 'no_such_file_exception', reason: '/mnt/b/tests-qcvc/master.dat' },
          },
        ],
      },
      { code: 'REPOSITORY_UNAVAILABLE', data: { nodes: ['n2'], reason: expect.stringContaining('/mnt/b/tests-qcvc') } },
    ],
    [
      'its folder cannot be made',
      { ...remote('n2'), suppressed: [{ type: 'exception', reason: 'failed to create blob container' }] },
      { code: 'REPOSITORY_UNAVAILABLE', data: { nodes: ['n2'] } },
    ],
    [
      'with more causes than are repeated',
      {
        ...remote('n2'),
        suppressed: Array.from({ length: 7 }, (_, at) => ({ type: 'exception', reason: `cause ${at}` })),
      },
      { data: { reason: expect.stringMatching(/7 causes, the first 5 of them: cause 0: .*cause 4$/) } },
    ],
    [
      'it was killed during the call',
      nodeError('NodeDisconnectedException: [n2][127.0.0.1:9302] disconnected', 'node_disconnected_exception'),
      { code: 'ENGINE_TIMEOUT', data: { nodes: ['n2'] } },
    ],
    [
      'it had left',
      nodeError('NodeNotConnectedException: [n2][127.0.0.1:9302] Node not connected', 'node_not_connected_exception'),
      { code: 'ENGINE_TIMEOUT', data: { nodes: ['n2'] } },
    ],
  ])('names the node that could not verify the repository: %s', async (_, error, expected) => {
    const { engine } = await answering((_request, response) =>
      response.writeHead(500, PRODUCT).end(JSON.stringify({ error, status: 500 })),
    );
    const failure = await failureOf(engine.verifyRepository('backups'));
    expect(failure).toMatchObject(expected);
    expect(failure.data.onlyWriting).toBeUndefined();
    expect(failure.message).toContain('node n2');
  });

  it('is not believed to lack a snapshot that it cannot name', async () => {
    const { engine } = await answering((_, response) => response.writeHead(404, PRODUCT).end('{}'));
    expect((await failureOf(engine.deleteSnapshot('backups', 'one'))).code).toBe('ENGINE_REFUSED');
    expect((await failureOf(engine.readOptimizeMetadata('optimize'))).code).toBe('ENGINE_ANSWER_INVALID');
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['99999999', 3_600_000],
    ['soon', undefined],
  ])('passes on Retry-After: %s', async (header, retryAfterMs) => {
    const { engine } = await answering((_, response) =>
      response.writeHead(429, { ...PRODUCT, 'retry-after': header }).end('{}'),
    );
    expect((await failureOf(engine.info())).data.retryAfterMs).toBe(retryAfterMs);
  });

  it('cuts what the engine says, and finds the cause inside', async () => {
    const body = {
      error: {
        type: 'repository_exception',
        reason: 'outside',
        caused_by: { reason: 'middle', caused_by: { reason: 'x'.repeat(9_999) } },
      },
    };
    const { engine } = await answering((_, response) => response.writeHead(500, PRODUCT).end(JSON.stringify(body)));
    const { data, message } = await failureOf(engine.readRepository('backups'));
    expect(data.reason).toMatch(/^outside: xxx/);
    expect(String(data.reason)).toHaveLength(1_000);
    expect(message.length).toBeLessThan(1_300);
  });

  it.each([
    ['HTML with 503', 503, 'text/html', '<html>', 'ENGINE_BUSY'],
    ['broken JSON with 503', 503, 'application/json', '{"error":', 'ENGINE_BUSY'],
    ['HTML with 200', 200, 'text/html', '<html>', 'ENGINE_ANSWER_INVALID'],
    ['broken JSON with 200', 200, 'application/json', '{"snapshots":', 'ENGINE_ANSWER_INVALID'],
    ['nothing with 200', 200, 'application/json', '', 'ENGINE_ANSWER_INVALID'],
    ['a redirect', 302, 'text/plain', 'elsewhere', 'ENGINE_ANSWER_INVALID'],
    ['an answer without its list', 200, 'application/json', '{}', 'ENGINE_ANSWER_INVALID'],
    [
      'the error of a repository beside a list',
      200,
      'application/json',
      JSON.stringify({
        snapshots: [],
        failures: { backups: { type: 'repository_missing_exception', reason: 'missing' } },
      }),
      'REPOSITORY_UNKNOWN',
    ],
  ])('%s', async (_, status, type, body, code) => {
    const { engine } = await answering((__, response) =>
      response.writeHead(status, { ...PRODUCT, 'content-type': type }).end(body),
    );
    expect((await failureOf(engine.findSnapshots('backups', ['a']))).code).toBe(code);
  });

  it('is not taken for Elasticsearch when it does not say so', async () => {
    const { engine } = await answering((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"snapshots":[]}'),
    );
    expect(await failureOf(engine.findSnapshots('backups', ['a']))).toMatchObject({
      code: 'ENGINE_ANSWER_INVALID',
      data: { reason: expect.stringContaining('x-elastic-product') },
    });
  });

  it('does not read an answer without end', async () => {
    const { engine } = await answering(
      (_, response) => response.writeHead(200, { ...PRODUCT, 'content-length': String(1e9) }).write('{"snapshots":['),
      { requestTimeoutMs: 20_000 },
    );
    expect((await failureOf(engine.findSnapshots('backups', ['a']))).code).toBe('ENGINE_ANSWER_INVALID');
  });

  it('looks up the name when 7.17 does not say what is wrong with it', async () => {
    const refusal = errorBody('invalid_snapshot_name_exception');
    const { engine } = await answering((request, response) =>
      request.method === 'PUT'
        ? response.writeHead(400, PRODUCT).end(refusal)
        : response.writeHead(200, PRODUCT).end('{"snapshots":[]}'),
    );
    expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe('ENGINE_REFUSED');
  });

  it('is only busy when the name cannot be looked up', async () => {
    const { engine } = await answering((request, response) =>
      response
        .writeHead(request.method === 'PUT' ? 400 : 503, PRODUCT)
        .end(errorBody('invalid_snapshot_name_exception')),
    );
    expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe('ENGINE_BUSY');
  });
});

describe('A repository that 7.17 calls unavailable at a write', () => {
  const asking = (settings: object) =>
    answering((request, response) =>
      request.method === 'GET'
        ? response.writeHead(200, PRODUCT).end(JSON.stringify({ backups: { type: 'fs', settings } }))
        : response.writeHead(500, PRODUCT).end(errorBody('repository_exception')),
    );

  it.each([
    ['registered as read-only', { readonly: 'true' }, 'ENGINE_REFUSED'],
    ['not', {}, 'REPOSITORY_UNAVAILABLE'],
  ])('is looked up: %s', async (_, settings, code) => {
    const { engine, requests } = await asking(settings);
    expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe(code);
    expect((await failureOf(engine.deleteSnapshot('backups', 'a'))).code).toBe(code);
    expect(requests).toHaveLength(4);
  });
});
