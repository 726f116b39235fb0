import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listening, testRoute } from '../server.fixture.ts';

/** Nothing at all is heard of a client that closed its side, so a handler has to find it out by itself. */
const untilFin = async (signal: AbortSignal) => {
  if (!signal.aborted) await once(signal, 'abort');
};

let api: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  api = await listening([
    testRoute('get', '/plain', async (_, { signal }) => {
      await untilFin(signal);
      return { status: 200, body: { answered: 'all the same' } };
    }),
    testRoute('post', '/echo', async (input, { signal }) => {
      await untilFin(signal);
      return { status: 200, body: input };
    }),
    testRoute('get', '/file', async (_, { signal, over }) => {
      await untilFin(signal);
      return { status: 200, body: undefined, contentType: 'text/plain', stalledMs: 9_000, stream: file(over) };
    }),
  ]);
});
afterAll(() => api.close());

async function* file(over: AbortSignal | undefined) {
  yield 'first\n';
  await setImmediate();
  over?.throwIfAborted();
  yield 'last\n';
}

const head = (method: string, path: string, ...headers: readonly string[]) =>
  `${[`${method} ${path} HTTP/1.1`, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`;

it('answers a client that closes its side after the request', async () => {
  expect(await api.sendAndClose(head('GET', '/plain'))).toMatch(
    /^HTTP\/1\.1 200 (?:.|\s)*\{"answered":"all the same"\}$/,
  );
});

it('answers it after a body too', async () => {
  const post = head('POST', '/echo', 'Content-Type: application/json', 'Content-Length: 7');
  expect(await api.sendAndClose(`${post}{"a":1}`)).toMatch(/^HTTP\/1\.1 200 (?:.|\s)*\{"a":1\}$/);
});

it('sends it a file to its end', async () => {
  expect(await api.sendAndClose(head('GET', '/file'))).toMatch(
    /^HTTP\/1\.1 200 (?:.|\s)*first\n(?:.|\s)*last\n(?:.|\s)*0\r\n\r\n$/,
  );
});

it('answers each of several requests', async () => {
  const answers = await api.sendAndClose(head('GET', '/plain') + head('GET', '/plain'));
  expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
});

it('refuses a request that was cut off', async () => {
  const post = head('POST', '/echo', 'Content-Type: application/json', 'Content-Length: 7');
  expect(await api.sendAndClose(`${post}{"a"`)).toMatch(/^HTTP\/1\.1 400 (?:.|\s)*could not be read as HTTP/);
});
