import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listening, testRoute } from '../server.fixture.ts';

let api: Awaited<ReturnType<typeof listening>>;
const handle = async () => ({ status: 200, body: {} });
beforeAll(async () => {
  const long = { ...testRoute('post', '/api/things', handle), maxBodyBytes: 100_000 };
  api = await listening([testRoute('get', '/api/things', handle), long]);
});
afterAll(() => api.close());

const send = (method: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  request({ host: '127.0.0.1', port: api.port, method, path, headers, agent: false });

describe('a client that asks whether to send its body', () => {
  const ask = (bytes: number) => {
    const asking = send('POST', '/api/things', {
      ...{ 'content-type': 'application/json', expect: '100-continue', 'content-length': String(bytes) },
    });
    asking.flushHeaders();
    return asking;
  };

  it('is told to go on up to the limit of the route', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(50_000) });
    const asking = ask(body.length);
    await once(asking, 'continue');
    asking.end(body);
    const [response] = await once(asking, 'response');
    expect(response.statusCode).toBe(200);
  });

  it('gets the refusal instead beyond it', async () => {
    const asking = ask(200_000);
    const [response] = await once(asking, 'response');
    expect(response.statusCode).toBe(413);
    asking.destroy();
  });
});

it('closes connections with any response while it drains, a refusal too', async () => {
  api.draining.abort();
  for (const [path, status] of [
    ['/api/things', 200],
    ['/api/nowhere', 404],
  ] as const) {
    const [response] = await once(send('GET', path).end(), 'response');
    await text(response);
    expect([path, response.statusCode, response.headers.connection]).toEqual([path, status, 'close']);
  }
});
