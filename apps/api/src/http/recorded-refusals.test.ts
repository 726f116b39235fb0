import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { listening } from '../server.fixture.ts';
import { route } from './route.ts';
import type { RouteDocs } from './route-docs.ts';

const refused: string[] = [];
const handle = async () => ({ status: 200, body: {} });
const docs = {} as RouteDocs;
const input = z.strictObject({ limit: z.literal('1') });

let api: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  const routes = [
    route({ method: 'get', path: '/api/things', query: true, input, docs, handle }),
    route({ method: 'post', path: '/api/things', input, docs, handle }),
    route({ method: 'post', path: '/api/plan', readsOnly: true, input, docs, handle }),
  ];
  api = await listening(routes, { onRefused: ({ code }, { requestId }) => refused.push(`${requestId} ${code}`) });
});
afterAll(() => api.close());

it.each([
  ['GET', '/api/things?limit=2', undefined, false],
  ['HEAD', '/api/things?limit=2', undefined, false],
  ['POST', '/api/things', '{"limit":"2"}', true],
  ['POST', '/api/things', '{"limit":', true],
  ['POST', '/api/plan', '{"limit":"2"}', false],
  ['POST', '/api/plan', '{"limit":', false],
])(
  'records a refused request only if it would have changed something: %s %s %s -> %s',
  async (method, path, body, expected) => {
    const headers = { 'content-type': 'application/json', 'x-request-id': `${refused.length}` };
    const before = refused.length;
    const response = await fetch(`http://127.0.0.1:${api.port}${path}`, { method, headers, ...(body && { body }) });
    expect(response.status).toBe(400);
    expect(refused.slice(before)).toEqual(expected ? [`${before} REQUEST_INVALID`] : []);
  },
);
