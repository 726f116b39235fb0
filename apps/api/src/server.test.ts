import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RequestContext } from './http/route.ts';
import { route } from './http/route.ts';
import type { RouteDocs } from './http/route-docs.ts';
import type { Gate } from './identity/gate.ts';
import { listening, testRoute } from './server.fixture.ts';

const docs = {} as RouteDocs;
const answered: string[] = [];
const handled: unknown[] = [];
let context: RequestContext | undefined;

const chunks = async function* () {
  yield 'first\n';
  yield 'second\n';
};

const brokenOff = async function* () {
  yield 'first\n';
  throw new Error('the source failed');
};

const echo = async (input: Record<string, unknown>, given: RequestContext) => {
  context = given;
  handled.push(input);
  return { status: 200, body: input };
};

const routes = [
  testRoute('get', '/api/things/:name', echo),
  testRoute('post', '/api/things/:name', echo),
  route({
    ...{ method: 'get', path: '/api/export', query: true, onlyWith: 'format', input: z.looseObject({}), docs },
    handle: async () => ({
      status: 200,
      body: undefined,
      contentType: 'text/plain',
      stream: chunks(),
      stalledMs: 1000,
    }),
  }),
  testRoute('get', '/api/export', async () => ({ status: 200, body: { is: 'the backup called export' } })),
  testRoute('get', '/api/broken-file', async () => ({
    ...{ status: 200, body: undefined, contentType: 'text/plain', stream: brokenOff(), stalledMs: 1000 },
  })),
  testRoute('get', '/api/unavailable', async () => {
    throw fail('HISTORY_UNREACHABLE', 'PostgreSQL does not respond. Start it.');
  }),
  testRoute('get', '/api/bug', async () => {
    throw new Error('password=secret');
  }),
];

let api: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  api = await listening(routes, {
    onAnswered: (path, method, status) => answered.push(`${method} ${path} ${status}`),
  });
});
afterAll(() => api.close());

const send = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${api.port}${path}`, init);
const json = { 'content-type': 'application/json' };

describe('routes', () => {
  it('pass a handler the body, in which the path overrides fields of the same name', async () => {
    const body = JSON.stringify({ name: 'other', size: 1 });
    const response = await send('/api/things/nightly', { method: 'POST', headers: json, body });
    expect([response.status, await response.json()]).toEqual([200, { name: 'nightly', size: 1 }]);
  });

  it('pass no query to a handler that takes none', async () => {
    expect(await (await send('/api/things/nightly?name=other&size=1')).json()).toEqual({ name: 'nightly' });
  });

  it('fall through to the next one of the path without the parameter that they need', async () => {
    expect(await (await send('/api/export')).json()).toEqual({ is: 'the backup called export' });
    expect(await (await send('/api/export?format=ndjson')).text()).toBe('first\nsecond\n');
  });

  it('refuse another method, and name those that there are', async () => {
    const response = await send('/api/things/nightly', { method: 'DELETE' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect(await response.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('do not exist elsewhere, which is said in the format of the path', async () => {
    expect(await (await send('/api/nothing')).json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
    expect(await (await send('/actuator/nothing')).json()).toMatchObject({ errorCode: 'notFoundError' });
  });
});

describe('a request', () => {
  it.each([
    ['ci-42', 'ci-42'],
    ['two words', 'made'],
    ['x'.repeat(65), 'made'],
  ])('has the id that the client sends, or one of the server: %s -> %s', async (given, expected) => {
    const response = await send('/api/things/nightly', { headers: { 'x-request-id': given } });
    expect(response.headers.get('x-request-id')).toBe(expected);
    expect(context?.requestId).toBe(expected);
  });

  it('is reported with its route, not with its path', async () => {
    const before = answered.length;
    await (await send('/api/things/nightly')).text();
    await expect.poll(() => answered.slice(before)).toEqual(['GET /api/things/:name 200']);
  });

  it('is neither handled nor read if its body is not JSON', async () => {
    const before = handled.length;
    const headers = { 'content-type': 'text/plain' };
    const response = await send('/api/things/nightly', { method: 'POST', headers, body: '{}' });
    expect([response.status, handled.length]).toEqual([415, before]);
  });
});

describe('a refused request', () => {
  const noted: string[] = [];
  const refused = fail('UNAUTHENTICATED', 'not accepted');
  const gate = (accepts: boolean): Gate => ({
    identify: async ({ address }) => {
      if (!accepts) throw refused;
      return { actor: { kind: 'anonymous', address }, role: 'admin' };
    },
    failed: async () => undefined,
    authorize: async () => undefined,
  });
  const sent = async (accepts: boolean, bytes: string) => {
    noted.length = 0;
    const onRefused = ({ code }: Failure) => void noted.push(code);
    const server = await listening(routes, { gate: gate(accepts), onRefused });
    const status = Number((await server.sendAndClose(bytes)).split(' ')[1]);
    server.close();
    return { status, noted: [...noted] };
  };
  const post = (path: string, body: string, host = 'Host: localhost\r\n') =>
    `POST ${path} HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

  it('is recorded if its caller may send it', async () => {
    expect(await sent(true, post('/api/things/nightly', '{'))).toEqual({ status: 400, noted: ['REQUEST_INVALID'] });
  });

  it.each([
    ['has no host', post('/api/things/nightly', '{}', '')],
    ['has no host and no route', post('/nothing', '{}', '')],
    ['has a path that cannot be decoded', post('/api/things/%zz', '{}')],
    ['has an unknown expectation', post('/api/things/nightly', '{}', 'Host: localhost\r\nExpect: more\r\n')],
  ])('fills no history if it is refused before its caller is known: it %s', async (_, bytes) => {
    const { status, noted: recorded } = await sent(false, bytes);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(recorded).toEqual([]);
  });
});

describe('a response', () => {
  it('must not be stored, framed or executed', async () => {
    const { headers } = await send('/api/things/nightly');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('to a failure has its code and message, and when to try again', async () => {
    const response = await send('/api/unavailable');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({
      code: 'HISTORY_UNREACHABLE',
      detail: 'PostgreSQL does not respond. Start it.',
    });
  });

  it('to an unexpected error has its request id and nothing else of it', async () => {
    const response = await send('/api/bug', { headers: { 'x-request-id': 'find-me' } });
    const body = await response.text();
    expect([response.status, body.includes('secret')]).toEqual([500, false]);
    expect(JSON.parse(body)).toMatchObject({ code: 'UNEXPECTED', requestId: 'find-me' });
  });

  it('that is a file is compressed if the client accepts that', async () => {
    const encodings = ['gzip', 'identity'];
    const found = await Promise.all(
      encodings.map(async (encoding) => {
        const response = await send('/api/export?format=csv', { headers: { 'accept-encoding': encoding } });
        return [response.headers.get('content-encoding'), await response.text()];
      }),
    );
    expect(found).toEqual([
      ['gzip', 'first\nsecond\n'],
      [null, 'first\nsecond\n'],
    ]);
  });

  it('that is a file breaks off where its source fails, instead of looking complete', async () => {
    const response = await send('/api/broken-file', { headers: { 'accept-encoding': 'identity' } });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });
});
