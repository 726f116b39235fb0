import type { Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Api } from './harness/requests/api.ts';
import { expectErrorBody } from './harness/requests/expect-refusal.ts';
import { answerTo, openRaw, type RawAnswer, sendRaw } from './harness/requests/raw-http.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ data: 'none', apps: false });
let api: Api;
beforeAll(async () => {
  api = await world.startApi({ REQUEST_TIMEOUT: '1s' });
});

const expectRefused = (answer: RawAnswer, status: number) =>
  expectErrorBody(
    { ...answer, contentType: answer.headers['content-type'] ?? null, text: answer.body },
    status,
    'badRequestError',
  );

describe('bytes that are not HTTP', () => {
  const post = 'POST /actuator/backup HTTP/1.1';
  const type = 'Content-Type: application/json';
  it.each<[string, string, number]>([
    [
      'a length and chunks',
      `${post}\r\nHost: localhost\r\n${type}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['two lengths', `${post}\r\nHost: localhost\r\n${type}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['a length that is no number', `${post}\r\nHost: localhost\r\n${type}\r\nContent-Length: -1\r\n\r\n{}`, 400],
    ['no host', 'GET /actuator/health/liveness HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a bare line feed', 'GET /actuator/health/liveness HTTP/1.1\nHost: localhost\n\n', 400],
    ['a bare carriage return in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: a\rInjected: 1\r\n\r\n', 400],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: a\r\n\tb\r\n\r\n', 400],
    ['NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: a\0b\r\n\r\n', 400],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : x\r\n\r\n', 400],
    ['an unknown method', 'BREW /actuator/backup HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['an unknown version', 'GET / HTTP/7.3\r\nHost: localhost\r\n\r\n', 400],
    ['HTTP/2 without more ado', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a bad chunk', `${post}\r\nHost: localhost\r\n${type}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`, 400],
    ['a header of 20 kB', `GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['2,000 headers', `GET / HTTP/1.1\r\nHost: localhost\r\n${'X-Some: header\r\n'.repeat(2_000)}\r\n`, 431],
    ['a path of 20 kB', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
  ])('%s', async (_, text, status) => {
    const answer = await sendRaw(api.address, text);

    expectRefused(answer, status);
    expect(answer.tookMs).toBeLessThan(5_000);
  });

  it('never lets a client write a header or a log line of ours', async () => {
    const request =
      'GET /actuator/backup/a HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: a%0d%0ab {"level":60}\r\nConnection: close';
    const answer = await sendRaw(api.address, `${request}\r\n\r\n`);

    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    for (const line of api.output().trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });
});

describe('a body that is too long', () => {
  const head =
    'POST /actuator/backup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close';

  it.each([
    ['is refused by its length, before it is sent', `${head}\r\nContent-Length: 1000000\r\n\r\n{"back`],
    ['is not asked for', `${head}\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n`],
  ])('%s', async (_, text) => {
    const answer = await sendRaw(api.address, text);

    expectRefused(answer, 413);
    expect(answer.tookMs).toBeLessThan(900);
  });

  it('is refused while it is sent, and the connection stays good for the next request', async () => {
    const body = JSON.stringify({ backupId: 'x'.repeat(3_000_000) });
    for (let times = 0; times < 3; times += 1) {
      const answer = await api.call('/actuator/backup', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(answer.status).toBe(413);
      expect((await api.call('/actuator/health/liveness')).status).toBe(200);
    }
  });

  it('is asked for where it is not too long', async () => {
    const answer = await sendRaw(api.address, `${head}\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n{}`);

    expect(answer.status).toBe(100);
    expect(answer.body).toContain('HTTP/1.1 400');
  });
});

describe('clients that take their time', () => {
  const isServed = async () => {
    const began = performance.now();
    expect((await api.call('/actuator/health/liveness')).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1_000);
  };

  it.each([
    ['headers', 'GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\nX-Slow:'],
    [
      'body',
      'POST /actuator/backup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{"back',
    ],
  ])('are closed at the time-out while others are served: slow %s', async (_, beginning) => {
    const slow = sendRaw(api.address, beginning);
    await isServed();

    const answer = await slow;

    expect(answer.tookMs).toBeLessThan(5_000);
    expectRefused(answer, 408);
  });

  it('may be 300 that say nothing: others are served, and all are closed', async () => {
    const idle = await Promise.all(Array.from({ length: 300 }, () => openRaw(api.address)));

    await isServed();

    const silence = (socket: Socket) => answerTo(socket, '');
    for (const { tookMs } of await Promise.all(idle.map(silence))) expect(tookMs).toBeLessThan(6_000);
  });
});
