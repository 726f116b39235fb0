import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownFolder } from './faults/own-servers.ts';
import { create, untilOperation } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

/** Before the engine, which has no users here: lets in whoever has the password of now. */
const openDoor = async (password: string) => {
  const door = { password, url: '' };
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    if (headers.authorization !== `Basic ${Buffer.from(`tandem:${door.password}`).toString('base64')}`) {
      incoming.resume();
      const error = { type: 'security_exception', reason: 'unable to authenticate user [tandem]' };
      outgoing.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error, status: 401 }));
      return;
    }
    const upstream = request(new URL(url ?? '/', world.engineUrl), { method, headers, agent: false }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.onEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(door, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
};

it('goes on without a restart once the file holds the new password of the engine', async () => {
  const door = await openDoor('canary-old');
  const file = join(ownFolder(world), 'password');
  writeFileSync(file, 'canary-old\n');
  const settings = { ELASTICSEARCH_URL: door.url, ENGINE_USERNAME: 'tandem', ENGINE_PASSWORD_FILE: file };
  const [api, worker] = await Promise.all([world.startApi(settings), world.startWorker(settings)]);
  Object.assign(world, { api, worker });
  await untilOperation(world, await create(api, 'before'), 'SUCCEEDED');
  const engineHealth = async () => {
    const { json } = await api.call('/actuator/health/readiness');
    return (json?.components as Record<string, { status: string; reason?: string }> | undefined)?.engine;
  };

  door.password = 'canary-new';
  expect(await engineHealth()).toMatchObject({
    status: 'DOWN',
    reason: expect.stringContaining('check user, password'),
  });

  writeFileSync(file, 'canary-new\n');
  expect(await engineHealth()).toEqual({ status: 'UP' });
  await untilOperation(world, await create(api, 'after'), 'SUCCEEDED');
  expect(api.output() + worker.output()).not.toMatch(/canary/);
});
