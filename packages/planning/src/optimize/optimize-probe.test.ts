import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { optimizeProbe } from './optimize-probe.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const answering = async (status: number): Promise<string> => {
  const server = createServer((_, response) => response.writeHead(status, { location: '/login' }).end('text'));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

it.each([200, 302, 401, 404, 500, 502, 503, 504])('takes status %i for Optimize, and says it', async (status) => {
  const url = await answering(status);
  expect(await optimizeProbe(url, 'running')()).toBe(`${url} (status ${status})`);
});

it.each([
  [502, true],
  [503, true],
  [504, true],
  [500, false],
  [200, false],
])('where an ingress is in front, status %i means stopped: %s', async (status, isStopped) => {
  const url = await answering(status);
  expect((await optimizeProbe(url, 'stopped')()) === undefined).toBe(isStopped);
});

it('finds no Optimize if nothing listens or no URL is configured', async () => {
  const url = await answering(200);
  servers.pop()?.close();
  expect(await optimizeProbe(url, 'running')()).toBeUndefined();
  expect(await optimizeProbe(undefined, 'running')()).toBeUndefined();
});
