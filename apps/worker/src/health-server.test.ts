import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { createHealthServer } from './health-server.ts';

it('answers for its health and the only group, and for nothing else', async () => {
  const server = createHealthServer();
  const address = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  const get = async (path: string) => {
    const answer = await fetch(`${address}${path}`);
    return [answer.status, await answer.json()];
  };
  expect(await get('/actuator/health')).toEqual([200, { status: 'UP', groups: ['liveness'] }]);
  expect(await get('/actuator/health/liveness')).toEqual([200, { status: 'UP' }]);
  expect(await get('/actuator/health/readiness')).toEqual([404, { status: 'NOT_FOUND' }]);
  await server.close();
});

it('has the metrics of docs/operations.md', async () => {
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const [, section = ''] = /### Worker\n(.*?)\n## /s.exec(page) ?? [];
  const documented = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  const names = [...(await createHealthServer().metrics()).matchAll(/^# TYPE (tandem_\w+)/gm)].map(([, name]) => name);
  expect(documented.toSorted()).toEqual(names.toSorted());
});

it('answers a client that closes its side after the request', async () => {
  const server = createHealthServer();
  const socket = connect(await server.listen(0, '127.0.0.1'), '127.0.0.1');
  socket.end('GET /actuator/prometheus HTTP/1.1\r\nHost: localhost\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  await server.close();
});
