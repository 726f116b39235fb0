import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postLoad } from './post-load.ts';

const bodies: string[] = [];
const server = createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += chunk;
  bodies.push(text);
  const answer = JSON.stringify({ echo: text });
  response.writeHead(bodies.length % 5 === 0 ? 409 : 200, { 'content-length': answer.length });
  response.write(answer.slice(0, 3));
  response.end(answer.slice(3));
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

it('sends each body once and counts the answers by status', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let last = 0;
  const nextBody = () => {
    last += 1;
    return JSON.stringify({ number: last });
  };
  const outcome = await postLoad({ url, path: '/', clients: 4, requests: 50, nextBody });
  expect(outcome.statuses).toEqual({ 200: 40, 409: 10 });
  expect(outcome.latenciesMs).toHaveLength(50);
  expect(new Set(bodies).size).toBe(50);
});
