import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listening, testRoute } from '../server.fixture.ts';

let api: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  api = await listening([
    testRoute('post', '/api/echo', async (input) => ({ status: 200, body: input })),
    testRoute('get', '/actuator/plain', async () => ({ status: 200, body: {} })),
  ]);
});
afterAll(() => api.close());

/** Nothing added to the headers. */
const send = async (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string | Buffer,
) => {
  const sent = request({ host: '127.0.0.1', port: api.port, method, path, headers, agent: false });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  const { detail, detailedMessage, code, ...rest } = JSON.parse(await text(answer));
  return { status: answer.statusCode, said: detail ?? detailedMessage, code, ...rest };
};

const json = { 'content-type': 'application/json' };

it.each(['application/json; charset=UTF8', 'application/vnd.example+json'])('reads a body of %s', async (type) => {
  expect(await send('POST', '/api/echo', { 'content-type': type }, '{"a":"é"}')).toMatchObject({ status: 200, a: 'é' });
});

it('names the content type that it found', async () => {
  expect(await send('POST', '/api/echo', { 'content-type': 'text/plain' }, 'a')).toMatchObject({
    status: 415,
    said: expect.stringContaining('is "text/plain"'),
  });
});

const body = '{"a":1}';
it.each([
  ['gzip', gzipSync(body)],
  ['deflate', deflateSync(body)],
  ['br', brotliCompressSync(body)],
])('says that a body of %s is broken', async (encoding, packed) => {
  const headers = { ...json, 'content-encoding': encoding };
  expect(await send('POST', '/api/echo', headers, packed)).toMatchObject({ status: 200, a: 1 });
  for (const broken of [body, packed.subarray(0, -3)]) {
    expect(await send('POST', '/api/echo', headers, broken)).toMatchObject({
      status: 400,
      code: 'REQUEST_INVALID',
      said: `The body cannot be decompressed: it is not in content-encoding "${encoding}", or truncated.`,
    });
  }
});

it('names a content encoding that it does not know', async () => {
  expect(await send('POST', '/api/echo', { ...json, 'content-encoding': 'zip' }, body)).toMatchObject({
    status: 415,
    said: 'The header content-encoding is "zip". Send the body uncompressed, or with gzip, deflate or br.',
  });
});

it.each([
  ['POST', '/api/echo', json],
  ['GET', '/actuator/plain', {}],
])('refuses an expectation that it does not know in a body of its own: %s %s', async (method, path, headers) => {
  const answer = await send(method, path, { ...headers, expect: 'miracles' }, method === 'GET' ? undefined : body);
  expect(answer).toMatchObject({
    status: 417,
    said: 'The header expect is "miracles". Send 100-continue, or omit the header.',
  });
});

it('goes on where it is asked to', async () => {
  expect(await send('POST', '/api/echo', { ...json, expect: '100-Continue' }, body)).toMatchObject({
    status: 200,
    a: 1,
  });
});
