import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const running = { backupId: 'a', state: 'IN_PROGRESS', parts: [], progress: null, lastError: null };

let requested: () => void = () => undefined;
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(running));
  requested();
});
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => server.close());

it.each(['SIGINT', 'SIGTERM'] as const)(
  'ends a wait on %s with 130, and says how to follow it',
  async (signal) => {
    const arrived = new Promise<void>((resolve) => {
      requested = resolve;
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const child = spawn(process.execPath, [main, 'backup', 'wait', 'a'], {
      env: { PATH: process.env.PATH, HOME: '/none', TANDEM_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stderr, ended] = [text(child.stderr), once(child, 'exit')];
    await arrived;
    child.kill(signal);
    expect(await ended).toEqual([130, null]);
    expect(await stderr).toContain('To follow it: tandem backup wait a');
  },
  30_000,
);
