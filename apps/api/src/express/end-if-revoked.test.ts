import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { endIfRevoked } from './end-if-revoked.ts';

/** A response that would stay open for ever. */
const streaming = async (stillAccepted: () => Promise<boolean>) => {
  const server = createServer((_, response) => {
    response.write('first\n');
    endIfRevoked(response, stillAccepted, 10);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}`);
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { response, close };
};

it('breaks a response off once its caller is not accepted any more', async () => {
  let asked = 0;
  const { response, close } = await streaming(async () => ++asked < 3);
  await expect(response.text()).rejects.toThrow();
  expect(asked).toBe(3);
  close();
});

it('leaves it open while that cannot be found out, and stops asking when it is closed', async () => {
  let asked = 0;
  const { response, close } = await streaming(async () => {
    asked += 1;
    throw new Error('PostgreSQL is away');
  });
  await expect.poll(() => asked).toBeGreaterThan(3);
  expect(response.body?.locked).toBe(false);
  await response.body?.cancel();
  await expect
    .poll(async () => {
      const before = asked;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return asked - before;
    })
    .toBe(0);
  close();
});
