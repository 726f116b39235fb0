import { once } from 'node:events';
import { request } from 'node:http';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { listening, testRoute } from '../server.fixture.ts';
import { roleAsBearer, testGate } from './gate.fixture.ts';
import type { GateOptions } from './gate.ts';

const opened: { readonly close: () => void }[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

const KEY = `tdm_4f9a2c7b_${'a'.repeat(43)}123456`;

/** A server with a reading and a changing route, and how it answers. */
const serving = async (options: Partial<GateOptions> = {}, trustProxy?: readonly string[]) => {
  const seen: { actor: unknown; role: string }[] = [];
  const handle = async (_: unknown, { actor, role }: { actor: unknown; role: 'viewer' }) => {
    seen.push({ actor, role });
    return { status: 200, body: {} };
  };
  const rows = [
    { ...testRoute('get', '/api/v1/backups', handle as never), docs: { id: 'searchBackups' } },
    { ...testRoute('post', '/api/v1/backups', handle as never), docs: { id: 'requestBackup' } },
    { ...testRoute('get', '/actuator/health', handle as never), docs: { id: 'readHealth' } },
  ] as unknown as Parameters<typeof listening>[0];
  const server = await listening(rows, { gate: testGate(options), trustProxy });
  opened.push(server);
  const send = async (headers: Record<string, string | string[]>, path = '/api/v1/backups', method = 'GET') => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, agent: false, headers });
    sent.end();
    const [response] = await once(sent, 'response');
    response.resume();
    return response.statusCode as number;
  };
  return { send, seen };
};

const OPEN = { keys: { known: () => false, ask: async () => false } };

describe('credentials', () => {
  it.each([
    ['none', {}, 401],
    ['a role', { authorization: 'Bearer viewer' }, 200],
    ['a scheme in other letters', { authorization: 'bearer viewer' }, 200],
    ['a wrong one', { authorization: 'Bearer nobody' }, 401],
    ['an empty bearer', { authorization: 'Bearer ' }, 401],
    ['an empty header', { authorization: '' }, 401],
    ['another scheme', { authorization: 'Basic dmlld2VyOg==' }, 401],
    ['two in one header', { authorization: 'Bearer viewer, Bearer viewer' }, 401],
    ['two headers', { authorization: ['Bearer viewer', 'Bearer viewer'] }, 401],
    ['another header', { 'x-api-key': 'viewer' }, 401],
  ] as const)('%s', async (_, headers, status) => {
    const { send } = await serving();
    expect(await send(headers as never)).toBe(status);
  });

  it.each([`key=${KEY}`, `a=1&b=${KEY}`, 'access_token=viewer'])('in the URL are refused: %s', async (query) => {
    const { send } = await serving();
    expect(await send({}, `/api/v1/backups?${query}`)).toBe(401);
    expect(await send({ authorization: 'Bearer viewer' }, `/api/v1/backups?${query}`)).toBe(401);
    expect(await send({ authorization: 'Bearer viewer' }, '/api/v1/backups?actor=tdm_4f9a2c7b')).toBe(200);
  });

  it('that are wrong never count as none, not even where none are needed', async () => {
    const { send, seen } = await serving(OPEN);
    expect(await send({})).toBe(200);
    expect(seen).toMatchObject([{ actor: { kind: 'anonymous' }, role: 'admin' }]);
    for (const authorization of ['Bearer nobody', 'Basic dmlld2VyOg==', ''])
      expect(await send({ authorization })).toBe(401);
    expect(await send({}, `/api/v1/backups?key=${KEY}`)).toBe(401);
    expect(await send({ authorization: 'Bearer viewer' }, '/api/v1/backups', 'POST')).toBe(403);
  });

  it('of another kind do not make up for a bearer that nobody knows', async () => {
    const bySession = async ({ bearer, cookie, address }: { bearer?: string; cookie?: string; address: string }) =>
      bearer === undefined && cookie !== undefined
        ? ({ actor: { kind: 'anonymous', address }, role: 'admin' } as const)
        : undefined;
    const { send } = await serving({ authenticate: bySession as never });
    expect(await send({ cookie: 'tandem_session=x' })).toBe(200);
    expect(await send({ cookie: 'tandem_session=x', authorization: 'Bearer unknown' })).toBe(401);
  });

  it('are not asked for health', async () => {
    const { send } = await serving({ keys: { known: () => undefined, ask: async () => undefined } });
    expect(await send({}, '/actuator/health')).toBe(200);
    expect(await send({ host: 'evil.example' }, '/actuator/health')).toBe(200);
  });
});

describe('while it is not known whether there are keys', () => {
  it('no request without credentials is served, and the next one asks again', async () => {
    let answer: boolean | undefined;
    const { send } = await serving({ keys: { known: () => undefined, ask: async () => answer } });
    expect(await send({})).toBe(503);
    answer = true;
    expect(await send({})).toBe(401);
    answer = false;
    expect(await send({})).toBe(200);
  });

  it('a key that cannot be checked is neither wrong nor right', async () => {
    const unavailable = async () => {
      throw fail('IDENTITY_UNAVAILABLE', 'PostgreSQL cannot be reached.');
    };
    const { send } = await serving({ authenticate: unavailable });
    expect(await send({ authorization: 'Bearer viewer' })).toBe(503);
  });
});

describe('too many requests', () => {
  it('are counted by address where credentials are wrong, and by caller where they are right', async () => {
    const counted: string[] = [];
    const limits: GateOptions['limits'] = {
      failed: async (address) => {
        counted.push(`failed ${address}`);
        if (counted.length > 1) throw fail('TOO_MANY_REQUESTS', 'Too many.', { retryAfterSeconds: 7 });
      },
      accepted: async ({ actor }) => void counted.push(`accepted ${actor.kind}`),
    };
    const { send } = await serving({ limits });
    expect(await send({ authorization: 'Bearer nobody' })).toBe(401);
    expect(await send({ authorization: 'Bearer nobody' })).toBe(429);
    expect(await send({ authorization: 'Bearer viewer' })).toBe(200);
    expect(counted).toEqual(['failed 127.0.0.1', 'failed 127.0.0.1', 'accepted api-key']);
  });

  it('cannot be sent by anonymous callers of a loopback address', async () => {
    const accepted = async () => {
      throw fail('TOO_MANY_REQUESTS', 'Too many.');
    };
    const { send } = await serving({ ...OPEN, limits: { failed: async () => undefined, accepted } });
    expect(await send({})).toBe(200);
  });
});

describe('the address of a client', () => {
  const forwarded = { authorization: 'Bearer viewer', 'x-forwarded-for': '203.0.113.9, 10.0.0.7' };
  it.each([
    ['without TRUST_PROXY', undefined, '127.0.0.1'],
    ['of another proxy', ['10.0.0.1'], '127.0.0.1'],
    ['of this proxy', ['loopback'], '10.0.0.7'],
    ['of this proxy and the one before it', ['127.0.0.1', '10.0.0.0/8'], '203.0.113.9'],
  ])('%s: %s -> %s', async (_, trustProxy, address) => {
    const { send, seen } = await serving({}, trustProxy);
    await send(forwarded);
    expect(seen).toMatchObject([{ actor: { address } }]);
  });

  it('is that of the connection if the proxy sends none that is one', async () => {
    const { send, seen } = await serving({ authenticate: roleAsBearer }, ['loopback']);
    await send({ authorization: 'Bearer viewer', 'x-forwarded-for': 'a "name"' });
    expect(seen).toMatchObject([{ actor: { address: '127.0.0.1' } }]);
  });
});

it('sends no 100 for a body that it will not read', async () => {
  const { send } = await serving();
  const sent = async (headers: Record<string, string>) => {
    const answers: string[] = [];
    const { port } = opened.at(-1) as unknown as { port: number };
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path: '/api/v1/backups',
      method: 'POST',
      agent: false,
      headers,
    });
    outgoing.on('continue', () => {
      answers.push('100');
      outgoing.end('{}');
    });
    outgoing.flushHeaders();
    const [response] = await once(outgoing, 'response');
    outgoing.destroy();
    return [...answers, String(response.statusCode)];
  };
  const asking = { expect: '100-continue', 'content-type': 'application/json', 'content-length': '2' };
  expect(await sent(asking)).toEqual(['401']);
  expect(await sent({ ...asking, authorization: 'Bearer viewer' })).toEqual(['403']);
  expect(await sent({ ...asking, authorization: 'Bearer operator' })).toEqual(['100', '200']);
  expect(await send({ authorization: 'Bearer viewer' })).toBe(200);
});
