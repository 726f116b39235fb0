import { once } from 'node:events';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { Failure } from '@tandem/shared/domain/failure/failure.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineSettings } from '../../connected-engine.ts';
import type { Engine } from '../../port.ts';
import { connectElasticsearch } from '../elasticsearch.ts';

const LIMIT_MS = 400;
/** Room for a noisy machine. */
const MARGIN_MS = 3_000;

const PRODUCT = { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' };

const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
const newSnapshot = { repository: 'backups', name: 'one', indices: ['optimize-a'], owner };

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

const listen = async (server: Server | HttpServer): Promise<string> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const connect = (settings: Partial<EngineSettings> & { readonly url: string }): Engine => {
  const engine = connectElasticsearch({ requestTimeoutMs: LIMIT_MS, masterTimeoutMs: LIMIT_MS, ...settings });
  closings.push(() => engine.close());
  return engine;
};

/** An engine whose every answer is `answer`, and the requests that it got. */
const answering = async (answer: RequestListener, settings: Partial<EngineSettings> = {}) => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  const url = await listen(server);
  return { requests, url, engine: connect({ url, ...settings }) };
};

/** The error of `_verify` where one node failed. */
const nodeError = (said: string, type: string) => ({
  type: 'repository_verification_exception',
  reason: `[backups] [[vgTbIc3_RomVYf2q5P195g, 'org.elasticsearch.transport.${said}']]`,
  suppressed: [{ type, reason: said }],
});
const remote = (node: string) =>
  nodeError(`RemoteTransportException: [${node}][127.0.0.1:9302][internal:admin/repository/verify]`, '');

const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  const error: unknown = await work.then(
    () => new Error('It did not fail.'),
    (rejected: unknown) => rejected,
  );
  if (error instanceof Failure) return error;
  throw error;
};

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const errorBody = (type: string, reason = 'on purpose') => JSON.stringify({ error: { type, reason }, status: 500 });

describe('An engine that cannot be talked to', () => {
  it('is unreachable at once on a dead port', async () => {
    const server = createTcpServer();
    const url = await listen(server);
    await closings.pop()?.();
    const engine = connect({ url, requestTimeoutMs: 30_000 });
    const took = await elapsed(async () => expect((await failureOf(engine.info())).code).toBe('ENGINE_UNREACHABLE'));
    expect(took).toBeLessThan(MARGIN_MS);
  });

  it.each([
    ['never answers', (): void => undefined],
    [
      'answers a byte at a time',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx-elastic-product: Elasticsearch\r\ncontent-length: 100000\r\n\r\n');
        const timer = setInterval(() => socket.write(' '), 20);
        socket.on('close', () => clearInterval(timer));
        socket.on('error', () => socket.destroy());
      },
    ],
  ])('times out within the limit when it %s', async (_, behave) => {
    const engine = connect({ url: await listen(createTcpServer(behave)) });
    const took = await elapsed(async () => {
      const failure = await failureOf(engine.startSnapshot(newSnapshot));
      expect(failure).toMatchObject({ code: 'ENGINE_TIMEOUT', data: { call: 'startSnapshot' } });
    });
    expect(took).toBeGreaterThanOrEqual(LIMIT_MS - 50);
    expect(took).toBeLessThan(LIMIT_MS + MARGIN_MS);
  });

  it.each<[string, (engine: Engine) => Promise<unknown>, RegExp]>([
    ['a write', (engine) => engine.startSnapshot(newSnapshot), /whether the call took effect is not known/],
    ['a deletion', (engine) => engine.deleteIndices(['optimize-a']), /whether the call took effect is not known/],
    ['a read', (engine) => engine.findSnapshots('backups', ['a']), /did not answer in time; nothing was changed/],
    ['a measurement', (engine) => engine.capacity(), /did not answer in time; nothing was changed/],
  ])('says of %s that timed out what is known of its effect', async (_, call, words) => {
    const engine = connect({ url: await listen(createTcpServer(() => undefined)) });
    expect((await failureOf(call(engine))).message).toMatch(words);
  });

  it('keeps to one limit for a call that takes many requests', async () => {
    let answered = 0;
    const { engine, requests } = await answering((_, response) => {
      answered += 1;
      setTimeout(() => response.writeHead(200, PRODUCT).end('{"snapshots":[]}'), answered <= 8 ? 0 : LIMIT_MS / 2);
    });
    const names = Array.from({ length: 1_000 }, (_, part) => `camunda_optimize_backup${part}_3.9.0_part_1_of_2`);
    expect((await failureOf(engine.findSnapshots('backups', names))).code).toBe('ENGINE_TIMEOUT');
    expect(requests.length).toBeGreaterThan(1);
  });

  it('rejects what is under way when it is closed', async () => {
    const engine = connect({ url: await listen(createTcpServer()), requestTimeoutMs: 30_000 });
    const underWay = failureOf(engine.info());
    await engine.close();
    expect((await underWay).code).toBe('ENGINE_UNREACHABLE');
  });

  it('sends a write once and retries a read once when the connection breaks', async () => {
    let connections = 0;
    const url = await listen(
      createTcpServer((socket) => {
        connections += 1;
        socket.on('data', () => socket.destroy());
        socket.on('error', () => socket.destroy());
      }),
    );
    const engine = connect({ url });
    expect((await failureOf(engine.startSnapshot(newSnapshot))).code).toBe('ENGINE_UNREACHABLE');
    expect(connections).toBe(1);
    expect((await failureOf(engine.listIndices('optimize'))).code).toBe('ENGINE_UNREACHABLE');
    expect(connections).toBe(3);
  });
});

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

describe('Requests', () => {
  it('stay short, whatever the number of names', async () => {
    const { engine, requests } = await answering(
      (_, response) => response.writeHead(200, PRODUCT).end('{"snapshots":[]}'),
      {
        requestTimeoutMs: 20_000,
      },
    );
    const names = Array.from({ length: 300 }, (_, part) => `camunda_optimize_äöü${part}_3.9.0_part_1_of_2`);
    expect(await engine.findSnapshots('backups', names)).toEqual([]);
    expect(Math.max(...requests.map((request) => `${request} HTTP/1.1`.length))).toBeLessThan(4_096);
    expect(decodeURIComponent(requests.join()).match(/äöü/g)).toHaveLength(600);
  });

  it('go below the path of the URL', async () => {
    const { url, requests } = await answering((_, response) => response.writeHead(200, PRODUCT).end('{"indices":[]}'));
    await connect({ url: `${url}/engine/` }).listIndices('optimize');
    expect(requests).toEqual([expect.stringMatching(/^GET \/engine\/_resolve\/index\/optimize-\*\?/)]);
  });
});

describe('Secrets', () => {
  const SECRET = 'canary+secret/word';
  const basic = `Basic ${Buffer.from(`elastic:${SECRET}`).toString('base64')}`;

  const seenAuthorization = async (settings: (url: string) => Partial<EngineSettings> & { url: string }) => {
    let seen: string | undefined;
    const server = createServer((request, response) => {
      seen = request.headers.authorization;
      // As a proxy might, it repeats what it was sent.
      const echo = `user ${seen} with ${SECRET} and ${encodeURIComponent(SECRET)} is not allowed`;
      response.writeHead(401, PRODUCT).end(errorBody('security_exception', echo));
    });
    const failure = await failureOf(connect(settings(await listen(server))).info());
    return { seen, failure };
  };

  it.each<[string, string, (url: string) => Partial<EngineSettings> & { url: string }]>([
    ['user and password', basic, (url) => ({ url, username: 'elastic', password: SECRET })],
    [
      'user and password of the URL',
      basic,
      (url) => ({ url: url.replace('//', `//elastic:${encodeURIComponent(SECRET)}@`) }),
    ],
    ['an API key', `ApiKey ${SECRET}`, (url) => ({ url, apiKey: SECRET })],
  ])('%s are sent, and never shown', async (_, authorization, settings) => {
    const { seen, failure } = await seenAuthorization(settings);
    expect(seen).toBe(authorization);
    const shown = [inspect(failure, { depth: 20, showHidden: true }), JSON.stringify(failure), failure.message].join();
    expect(failure.code).toBe('ENGINE_FORBIDDEN');
    expect(shown).toContain('http://127.0.0.1');
    expect(shown).not.toMatch(/canary/);
    expect(shown).not.toContain(authorization);
  });

  it('are not shown when the engine cannot be reached either', async () => {
    const url = `http://elastic:${encodeURIComponent(SECRET)}@127.0.0.1:1/?token=canary`;
    const failure = await failureOf(connect({ url }).info());
    expect(`${inspect(failure, { depth: 20 })} ${JSON.stringify(failure)}`).not.toMatch(/canary/);
  });
});
