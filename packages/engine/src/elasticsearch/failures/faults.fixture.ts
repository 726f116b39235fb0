import { once } from 'node:events';
import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Failure } from '@tandem/shared/domain/failure/failure.ts';
import { afterEach } from 'vitest';
import type { EngineSettings } from '../../connected-engine.ts';
import type { Engine } from '../../port.ts';
import { connectElasticsearch } from '../elasticsearch.ts';

export const LIMIT_MS = 400;
export const PRODUCT = { 'x-elastic-product': 'Elasticsearch', 'content-type': 'application/json' };
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

export const connect = (settings: Partial<EngineSettings> & { readonly url: string }): Engine => {
  const engine = connectElasticsearch({ requestTimeoutMs: LIMIT_MS, masterTimeoutMs: LIMIT_MS, ...settings });
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
