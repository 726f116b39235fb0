import { once } from 'node:events';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { ENGINE_KINDS, type EngineKind } from '@tandem/shared/domain/engine-kind.ts';
import { Failure } from '@tandem/shared/domain/failure/failure.ts';
import { afterEach, beforeEach, describe } from 'vitest';
import type { EngineSettings } from '../../connected-engine.ts';
import { connectElasticsearch } from '../../elasticsearch/elasticsearch.ts';
import { connectOpensearch } from '../../opensearch/opensearch.ts';
import type { Engine } from '../../port.ts';

export const LIMIT_MS = 400;
export const JSON_TYPE = { 'content-type': 'application/json' };
export const PRODUCT = { 'x-elastic-product': 'Elasticsearch', ...JSON_TYPE };
const owner = { backupId: 'b', operationId: 'o', part: 1, of: 2, optimizeVersion: '3.9.0', tandem: '0.1.0' };
export const newSnapshot = { repository: 'backups', name: 'one', indices: ['optimize-a'], owner };
export const closings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

export const listen = async (server: Server | HttpServer): Promise<string> => {
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

export const connectKind = { elasticsearch: connectElasticsearch, opensearch: connectOpensearch } as const;

let kindUnderTest: EngineKind = 'elasticsearch';

/** All of `tests` for every kind of engine: what is the same for all of them. */
export const forEachKind = (tests: (kind: EngineKind, product: Readonly<Record<string, string>>) => void): void => {
  describe.each(ENGINE_KINDS)('%s', (kind) => {
    beforeEach(() => {
      kindUnderTest = kind;
    });
    afterEach(() => {
      kindUnderTest = 'elasticsearch';
    });
    tests(kind, kind === 'elasticsearch' ? PRODUCT : JSON_TYPE);
  });
};

/** Elasticsearch, or the kind of `forEachKind`. */
export const connect = (settings: Partial<EngineSettings> & { readonly url: string }): Engine => {
  const engine = connectKind[kindUnderTest]({
    requestTimeoutMs: LIMIT_MS,
    masterTimeoutMs: LIMIT_MS,
    ...settings,
  });
  closings.push(() => engine.close());
  return engine;
};

/** An engine whose every answer is `answer`, and the requests that it got. */
export const answering = async (answer: RequestListener, settings: Partial<EngineSettings> = {}) => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  const url = await listen(server);
  return { requests, url, engine: connect({ url, ...settings }) };
};

export const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  const error: unknown = await work.then(
    () => new Error('It did not fail.'),
    (rejected: unknown) => rejected,
  );
  if (error instanceof Failure) return error;
  throw error;
};

export const errorBody = (type: string, reason = 'on purpose') =>
  JSON.stringify({ error: { type, reason }, status: 500 });
