import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorClass } from '@tandem/shared/domain/failure/error-class.ts';
import type { Failure } from '@tandem/shared/domain/failure/failure.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { checkedBeforeSend } from '../../calls-port.ts';
import type { EngineSettings } from '../../connected-engine.ts';
import { connectElasticsearch } from '../../elasticsearch/elasticsearch.ts';

const NODES = { nodes: { n: { version: '8.19.21', index_version: 8_537_000 } } };
const PRODUCT = { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' };
const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
const newSnapshot = { repository: 'backups', name: 'one', indices: ['optimize-a'], owner };

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

type Node = {
  readonly url: string;
  readonly requests: string[];
  cluster: string;
  breaks: (line: string) => boolean;
  status: number;
  /** Requests whose answer waits for it. */
  until: (line: string) => Promise<void> | undefined;
};

const stop = (server: Server) => {
  server.closeAllConnections();
  server.close();
};

const startNode = async (cluster = 'x'): Promise<Node> => {
  const node: Node = { url: '', requests: [], cluster, breaks: () => false, status: 200, until: () => undefined };
  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url?.split('?')[0]}`;
    node.requests.push(line);
    await node.until(line);
    if (node.breaks(line)) return void request.socket.destroy();
    const body = line.includes('_cluster/state')
      ? { cluster_uuid: node.cluster }
      : line.includes('_nodes')
        ? NODES
        : { accepted: true };
    response.writeHead(node.status, PRODUCT).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(() => stop(server));
  return Object.assign(node, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
};

const connect = (urls: readonly string[], settings: Partial<EngineSettings> = {}) => {
  const url = urls.join(', ');
  const engine = connectElasticsearch({ requestTimeoutMs: 5_000, masterTimeoutMs: 2_000, ...settings, url });
  closings.push(() => engine.close());
  return engine;
};

const DEAD = 'http://127.0.0.1:1';
const COMPARE = 'GET /_cluster/state/version';
const isWrite = (line: string) => line.startsWith('PUT');

describe('Reads', () => {
  it('go to the next address where one breaks off or is dead', async () => {
    const [first, second] = [await startNode(), await startNode()];
    first.breaks = (line) => line.includes('_nodes');
    const engine = connect([DEAD, first.url, second.url]);
    for (let times = 0; times < 4; times += 1) expect(await engine.info()).toMatchObject({ clusterUuid: 'x' });
    expect(second.requests).toContain('GET /_nodes/_all/process');
    expect((await engine.checkAddresses()).warnings).toEqual([
      expect.stringMatching(/^The engine's address http:\/\/127\.0\.0\.1:1 is not used: .*ECONNREFUSED/),
    ]);
  });

  it('go to the next address if one accepts them and never answers', async () => {
    const [first, second] = [await startNode(), await startNode()];
    const engine = connect([first.url, second.url], { requestTimeoutMs: 2_000, masterTimeoutMs: 500 });
    await engine.info();
    first.until = () => new Promise(() => undefined);
    first.requests.length = 0;
    for (let times = 0; times < 2; times += 1) expect(await engine.info()).toMatchObject({ clusterUuid: 'x' });
    expect(first.requests).toContain('GET /_nodes/_all/process');
  });

  it('are refused with what each address says where none is left', async () => {
    const node = await startNode();
    node.breaks = () => true;
    await expect(connect([DEAD, node.url]).info()).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringMatching(
        new RegExp(
          `${DEAD}, ${node.url} cannot be reached; check that it runs .*${DEAD} connect ECONNREFUSED.*; ${node.url} `,
        ),
      ),
    });
    node.breaks = () => false;
    node.status = 503;
    await expect(connect([DEAD, node.url]).info()).rejects.toMatchObject({ code: 'ENGINE_BUSY' });
  });
});

describe('Writes', () => {
  it('are sent once, to an address that was compared just before', async () => {
    const nodes = [await startNode(), await startNode()];
    const engine = connect([...nodes.map(({ url }) => url), DEAD]);
    for (let times = 0; times < 3; times += 1) await engine.startSnapshot({ ...newSnapshot, name: `s${times}` });
    const sent = nodes.flatMap(({ requests }) => requests.filter(isWrite));
    expect(sent).toHaveLength(3);
    const before = nodes.flatMap(({ requests }) => requests.filter((_, at) => isWrite(requests[at + 1] ?? '')));
    expect(before).toEqual([COMPARE, COMPARE, COMPARE]);
  });

  it('are not sent to another address where one breaks off', async () => {
    const nodes = [await startNode(), await startNode()];
    for (const node of nodes) node.breaks = isWrite;
    await expect(connect(nodes.map(({ url }) => url)).startSnapshot(newSnapshot)).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
    });
    expect(nodes.flatMap(({ requests }) => requests.filter(isWrite))).toHaveLength(1);
  });

  it('are not sent where the lease ran out while the address was compared', async () => {
    const nodes = [await startNode(), await startNode()];
    const engine = connect(nodes.map(({ url }) => url));
    await engine.info();
    const comparing = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    for (const node of nodes) {
      node.until = (line) => {
        if (line !== COMPARE) return undefined;
        comparing.resolve();
        return answer.promise;
      };
    }
    const lost = new Error('the lease has run out');
    let isHeld = true;
    const assertHeld = () => {
      if (!isHeld) throw lost;
    };
    const sending = checkedBeforeSend(assertHeld, () => engine.startSnapshot(newSnapshot));
    const rejected = expect(sending).rejects.toBe(lost);
    await comparing.promise;
    isHeld = false;
    answer.resolve();
    await rejected;
    expect(nodes.flatMap(({ requests }) => requests.filter(isWrite))).toEqual([]);
    isHeld = true;
    await checkedBeforeSend(assertHeld, () => engine.startSnapshot(newSnapshot));
    expect(nodes.flatMap(({ requests }) => requests.filter(isWrite))).toHaveLength(1);
  });

  it('never reach an address that leads to another cluster since the last read', async () => {
    const nodes = [await startNode(), await startNode()];
    const engine = connect(nodes.map(({ url }) => url));
    await engine.info();
    const [first, second] = nodes;
    Object.assign(first ?? {}, { cluster: 'y' });
    for (let times = 0; times < 3; times += 1) await engine.startSnapshot({ ...newSnapshot, name: `s${times}` });
    expect(first?.requests.filter(isWrite)).toEqual([]);
    expect(second?.requests.filter(isWrite)).toHaveLength(3);
    expect((await engine.checkAddresses()).warnings.join()).toContain(
      `${first?.url} is not used: leads to cluster y, not to x`,
    );
  });
});

describe('Addresses of two clusters', () => {
  it('refuse the start where nothing is recorded, and every call', async () => {
    const [first, second] = [await startNode('x'), await startNode('y')];
    const engine = connect([first.url, second.url]);
    const both = `${first.url} leads to cluster x; ${second.url} leads to cluster y`;
    expect((await engine.checkAddresses()).refusal).toContain(both);
    await expect(engine.startSnapshot(newSnapshot)).rejects.toMatchObject({
      code: 'CLUSTER_CHANGED',
      message: `The engine's addresses lead to several clusters, and none is recorded: ${both}. List addresses of one cluster that answer.`,
    });
  });

  it('are an operator’s to correct where the recorded one is away', async () => {
    const other = await startNode('y');
    const engine = connect([DEAD, other.url], { recordedCluster: async () => 'x' });
    const failure = await engine.info().catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'CLUSTER_CHANGED',
      message: expect.stringMatching(
        /another cluster than the recorded x: .*ECONNREFUSED.*; .* leads to cluster y, not/,
      ),
      data: { call: 'info', expected: 'x', found: 'y' },
    });
    expect(errorClass(failure as Failure)).toBe('operator');
  });

  it('are tried again soon where it is PostgreSQL that is away', async () => {
    const other = await startNode('y');
    const recordedCluster = () => Promise.reject(new Error('PostgreSQL is away'));
    await expect(connect([DEAD, other.url], { recordedCluster }).info()).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining('leads to cluster y, and PostgreSQL does not say which one is recorded'),
    });
  });

  it('leave those of the recorded one', async () => {
    const [first, second] = [await startNode('x'), await startNode('y')];
    const engine = connect([first.url, second.url], { recordedCluster: async () => 'y' });
    expect(await engine.checkAddresses()).toEqual({
      refusal: undefined,
      warnings: [expect.stringContaining(`${first.url} is not used: leads to cluster x, not to y`)],
    });
    for (let times = 0; times < 3; times += 1) expect(await engine.info()).toMatchObject({ clusterUuid: 'y' });
  });

  it('are nothing to compare where there is one', async () => {
    const node = await startNode();
    expect(await connect([node.url]).checkAddresses()).toEqual({ warnings: [], refusal: undefined });
    expect(node.requests).toEqual([]);
  });
});

describe('Credentials that are rejected', () => {
  const startGuarded = async (accepted: { password: string }) => {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(`${request.method}`);
      const isKnown =
        request.headers.authorization === `Basic ${Buffer.from(`t:${accepted.password}`).toString('base64')}`;
      const body = request.url?.includes('_nodes') ? NODES : { cluster_uuid: 'x', accepted: true };
      if (isKnown) response.writeHead(200, PRODUCT).end(JSON.stringify(body));
      else response.writeHead(401, PRODUCT).end('{"error":{"type":"security_exception","reason":"no"}}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closings.push(() => stop(server));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
  };

  it('are read again, and the read is sent again; a write is not', async () => {
    const accepted = { password: 'old' };
    const file = { password: 'old' };
    const { url, requests } = await startGuarded(accepted);
    const engine = connect([url], {
      username: 't',
      password: 'old',
      readCredentials: () => ({ username: 't', ...file }),
    });
    await engine.info();
    Object.assign(accepted, { password: 'new' });
    Object.assign(file, { password: 'new' });
    expect(await engine.info()).toMatchObject({ clusterUuid: 'x' });
    Object.assign(accepted, { password: 'newer' });
    Object.assign(file, { password: 'newer' });
    requests.length = 0;
    await expect(engine.startSnapshot(newSnapshot)).rejects.toMatchObject({ code: 'ENGINE_FORBIDDEN' });
    expect(requests).toEqual(['PUT']);
    await engine.startSnapshot(newSnapshot);
  });

  it('are not sent twice while the file holds the same, or cannot be read', async () => {
    const { url, requests } = await startGuarded({ password: 'new' });
    const same = () => ({ username: 't', password: 'old' });
    const broken = () => {
      throw new Error('ENOENT');
    };
    for (const readCredentials of [same, broken]) {
      requests.length = 0;
      await expect(connect([url], { ...same(), readCredentials }).listIndices('optimize')).rejects.toMatchObject({
        code: 'ENGINE_FORBIDDEN',
      });
      expect(requests).toEqual(['GET']);
    }
  });

  it('are reported once while the file cannot be read, and again after it could', async () => {
    const { url } = await startGuarded({ password: 'new' });
    const reported: unknown[] = [];
    const missing = new Error('ENOENT');
    const file: { password: string | undefined } = { password: undefined };
    const readCredentials = () => {
      if (file.password === undefined) throw missing;
      return { username: 't', password: file.password };
    };
    const first = { username: 't', password: 'old' };
    const engine = connect([url], { ...first, readCredentials, onUnreadable: (error) => reported.push(error) });
    const isRejected = () => expect(engine.listIndices('optimize')).rejects.toMatchObject({ code: 'ENGINE_FORBIDDEN' });
    await isRejected();
    await isRejected();
    expect(reported).toEqual([missing]);
    file.password = 'old';
    await isRejected();
    file.password = undefined;
    await isRejected();
    expect(reported).toEqual([missing, missing]);
  });
});
