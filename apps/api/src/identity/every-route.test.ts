import { mayActAs, ROLES } from '@tandem/shared/domain/identity/role.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../http/route.ts';
import { type RouteTable, routes } from '../routes/index.ts';
import { listening } from '../server.fixture.ts';
import { type Access, access } from './access.ts';
import { testGate } from './gate.fixture.ts';

// every route as it is, but for what it does
const table: readonly Route[] = routes({ metrics: {} } as RouteTable).map((route) => ({
  ...route,
  input: undefined,
  handle: async () => ({ status: 200, body: { route: route.docs.id } }),
}));

const denied: string[] = [];
let api: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  const onDenied = ({ code }: { code: string }, _: unknown, route: string) => void denied.push(`${code} ${route}`);
  api = await listening(table, { gate: testGate(), onDenied });
});
afterAll(() => api.close());

const pathOf = ({ path, onlyWith }: Route) =>
  `${path.replace(/\*\w+/g, 'file').replace(/:\w+/g, '1')}${onlyWith === undefined ? '' : `?${onlyWith}=1`}`;

const ask = (route: Route, bearer: string | undefined, body = '{}') =>
  fetch(`http://127.0.0.1:${api.port}${pathOf(route)}`, {
    method: route.method.toUpperCase(),
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    },
    ...(route.method === 'get' ? {} : { body }),
  });

const roleOf = ({ docs }: Route): Access | undefined => access[docs.id];
const named = table.map((route) => [`${route.method} ${route.path}`, route] as const);

describe('a caller with', () => {
  it.each(named)('each role gets what the table of access grants: %s', async (_, route) => {
    const needed = roleOf(route);
    expect(needed).toBeDefined();
    if (needed === undefined) return;
    for (const role of ROLES) {
      const response = await ask(route, role);
      const may = needed === 'public' || mayActAs(role, needed);
      expect([role, response.status]).toEqual([role, may ? 200 : 403]);
      if (may) expect(await response.json()).toEqual({ route: route.docs.id });
      else
        expect(await response.text()).toContain(
          `needs the role ${needed}; key ${role} (tdm_${role}) has the role ${role}`,
        );
    }
  });

  it.each(named)('no credentials, or with wrong ones, gets only what is public: %s', async (_, route) => {
    const expected = roleOf(route) === 'public' ? 200 : 401;
    const answers = await Promise.all([undefined, 'guessed'].map((bearer) => ask(route, bearer)));
    expect(answers.map(({ status }) => status)).toEqual([expected, expected]);
    if (expected === 200) return;
    const [none = '', wrong] = await Promise.all(answers.map((answer) => answer.text()));
    const own = /"requestId":"[^"]*"/;
    expect(wrong?.replace(own, '')).toBe(none.replace(own, ''));
    expect(answers.map(({ headers }) => headers.get('www-authenticate'))).toEqual(['Bearer', 'Bearer']);
  });
});

const written = named.filter(([, { method, docs }]) => method !== 'get' && access[docs.id] !== 'public');

describe('a request that is refused', () => {
  it.each(written)('is not read before: %s', async (_, route) => {
    expect((await ask(route, undefined, '{ no json')).status).toBe(401);
    if (roleOf(route) !== 'viewer') expect((await ask(route, 'viewer', '{ no json')).status).toBe(403);
    expect((await ask(route, 'admin', '{ no json')).status).toBe(400);
  });

  it('is reported, also where it only reads', async () => {
    const [, reading] = named.find(([name]) => name === 'get /api/v1/backups') ?? [];
    const [, changing] = named.find(([name]) => name === 'post /api/v1/restores') ?? [];
    if (reading === undefined || changing === undefined) throw new Error('There are no such routes.');
    denied.length = 0;
    await ask(reading, undefined);
    await ask(changing, 'operator');
    expect(denied).toEqual(['UNAUTHENTICATED /api/v1/backups', 'FORBIDDEN /api/v1/restores']);
  });

  it('has the error codes of the actuator there', async () => {
    const at = (bearer?: string) =>
      fetch(`http://127.0.0.1:${api.port}/actuator/backup`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        },
        body: '{"backupId":"one"}',
      }).then(async (response) => [response.status, ((await response.json()) as { errorCode: string }).errorCode]);
    expect(await at()).toEqual([401, 'unauthorized']);
    expect(await at('viewer')).toEqual([403, 'forbidden']);
  });
});

it('refuses a route that is not in the table to everyone', async () => {
  const [first] = table;
  if (first === undefined) throw new Error('There is no route.');
  const unknown = await listening(
    [{ ...first, path: '/api/new', method: 'get', docs: { ...first.docs, id: 'newRoute' } }],
    {
      gate: testGate(),
    },
  );
  const response = await fetch(`http://127.0.0.1:${unknown.port}/api/new`, {
    headers: { authorization: 'Bearer admin' },
  });
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'FORBIDDEN']);
  unknown.close();
});
