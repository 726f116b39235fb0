import { once } from 'node:events';
import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Environment, startProgram } from './harness/app-process.ts';
import type { Api } from './harness/requests/api.ts';
import { openTcpProxy, type TcpProxy } from './harness/services/tcp-proxy.ts';
import { until } from './harness/until.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

/** fetch() takes no Host header. */
const statusWithHost = async ({ address }: Api, host: string): Promise<number | undefined> => {
  const { port } = new URL(address);
  const sent = request({ host: '127.0.0.1', port, path: '/api/v1/caller', headers: { host }, agent: false });
  sent.end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
};

const statusOf = async (api: Api, path: string, headers: Record<string, string> = {}) =>
  (await api.call(path, { headers })).status;

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

const newKey = async (role: string, name: string): Promise<string> => {
  const command = world.startProgram('keys', world.environment(), ['create', '--role', role, '--name', name]);
  expect((await command.exited).code, command.errors()).toBe(0);
  return command.output().replace(command.errors(), '').trim();
};

/** Where the API says that /actuator is served. */
const managementOf = (api: Api): string => {
  const line = api
    .output()
    .split('\n')
    .find((text) => text.includes('"msg":"api ready"'));
  return String((JSON.parse(line ?? '{}') as { managementAddress?: string }).managementAddress);
};

describe('before there is a key', () => {
  it('is open on a loopback address, and says so at start', async () => {
    const api = await world.startApi();
    const { status, json } = await api.call('/api/v1/caller');
    expect([status, json]).toEqual([200, { actor: { kind: 'anonymous', address: '127.0.0.1' }, role: 'admin' }]);
    await until('the warning', api.output, (text) => text.includes('Callers of the API are not authenticated'));
    expect(await statusWithHost(api, 'localhost')).toBe(200);
    expect(await statusWithHost(api, 'rebound.example')).toBe(421);
    expect(await statusOf(api, '/api/v1/caller', { 'x-forwarded-for': '203.0.113.7' })).toBe(403);
    expect(await statusOf(api, '/api/v1/caller', bearer('tdm_nobody'))).toBe(401);
    await api.kill();
  });

  it.each<[string, Environment, RegExp]>([
    ['on another address', { HOST: '0.0.0.0' }, /On 0\.0\.0\.0 others .* the API,.*keys -- create.*AUTH_MODE=open/],
    [
      'with /actuator on another address',
      { MANAGEMENT_PORT: '0', MANAGEMENT_HOST: '0.0.0.0' },
      /On 0\.0\.0\.0 others .* \/actuator,.*ACTUATOR_AUTH=open/,
    ],
  ])('does not start %s', async (_, changes, words) => {
    const refused = startProgram('api', world.environment(changes));
    expect((await refused.exited).code).toBe(1);
    expect(refused.output()).toMatch(words);
  });

  it.each<[string, Environment, number]>([
    ['required, and lets nobody in', { HOST: '0.0.0.0', AUTH_MODE: 'required' }, 401],
    ['open, and lets everyone in', { HOST: '0.0.0.0', AUTH_MODE: 'open' }, 200],
  ])('starts on another address where AUTH_MODE is %s', async (_, changes, status) => {
    const api = await world.startApi(changes);
    expect(await statusOf(api, '/api/v1/caller')).toBe(status);
    expect(await statusOf(api, '/actuator/health/liveness')).toBe(200);
    await api.kill();
  });
});

describe('while PostgreSQL is away at the start', () => {
  let postgres: TcpProxy;
  beforeAll(async () => {
    postgres = await openTcpProxy(world.databaseUrl);
    world.onEnd(postgres.shut);
  });

  it.each(['127.0.0.1', '0.0.0.0'])('serves nothing but health on %s, until it is known who may call', async (host) => {
    await postgres.shut();
    const api = await world.startApi({ HOST: host, DATABASE_URL: postgres.url, DATABASE_CONNECT_TIMEOUT: '1s' });
    expect(await statusOf(api, '/api/v1/caller')).toBe(503);
    expect(await api.get('any')).toMatchObject({ status: 500, json: { errorCode: 'serverError' } });
    expect(await statusOf(api, '/actuator/health/liveness')).toBe(200);
    await postgres.open();
    const decided = host === '127.0.0.1' ? 200 : 401;
    await world.until(
      'it is known',
      () => statusOf(api, '/api/v1/caller'),
      (status) => status === decided,
    );
    await api.kill();
  });
});

describe('once there is a key', () => {
  let viewer: string;
  let operator: string;
  let api: Api;
  beforeAll(async () => {
    api = await world.startApi();
    expect(await statusOf(api, '/api/v1/caller')).toBe(200);
    viewer = await newKey('viewer', 'dashboard');
    operator = await newKey('operator', 'ci');
    await world.until(
      'a key is required',
      () => statusOf(api, '/api/v1/caller'),
      (status) => status === 401,
      10_000,
    );
  });

  it('says who has which role, and refuses what the role does not include', async () => {
    const { json } = await api.call('/api/v1/caller', { headers: bearer(viewer) });
    expect(json).toMatchObject({ actor: { kind: 'api-key', name: 'dashboard' }, role: 'viewer' });
    const post = (key: string) =>
      api.call('/actuator/backup', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer(key) },
        body: '{"backupId":"named"}',
      });
    expect(await post(viewer)).toMatchObject({ status: 403, json: { errorCode: 'forbidden' } });
    expect((await post(operator)).status).toBe(200);
    expect((await world.events('named'))[0]?.actor).toMatchObject({ kind: 'api-key', name: 'ci' });
    const refused = await api.get('named');
    expect([refused.status, refused.json?.errorCode, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'unauthorized',
      'Bearer',
    ]);
  });

  it('leaves /actuator open where ACTUATOR_AUTH says so', async () => {
    const open = await world.startApi({ ACTUATOR_AUTH: 'open' });
    expect(await statusOf(open, '/actuator/backup/unknown')).toBe(404);
    expect(await statusOf(open, '/api/v1/caller')).toBe(401);
    expect(await statusOf(open, '/actuator/backup/unknown', bearer('tdm_nobody'))).toBe(401);
    await open.kill();
  });

  it('serves /actuator at MANAGEMENT_PORT only, and health at both', async () => {
    const both = await world.startApi({ MANAGEMENT_PORT: '0', ACTUATOR_AUTH: 'open' });
    const at = async (path: string) => (await fetch(`${managementOf(both)}${path}`)).status;
    const elsewhere = await both.call('/actuator/backups', { headers: bearer(viewer) });
    expect([elsewhere.status, elsewhere.text]).toEqual([404, expect.stringContaining('MANAGEMENT_PORT')]);
    expect(await at('/actuator/backups')).toBe(200);
    expect(await at('/actuator/prometheus')).toBe(200);
    expect(await at('/api/v1/caller')).toBe(404);
    for (const status of [await at('/actuator/health'), await statusOf(both, '/actuator/health')])
      expect(status).toBe(200);
    both.signal('SIGTERM');
    expect((await both.exited).code).toBe(0);
  });

  it('shows the address that a trusted proxy reports', async () => {
    const behind = await world.startApi({ TRUST_PROXY: 'loopback' });
    const headers = { ...bearer(viewer), 'x-forwarded-for': '203.0.113.7' };
    expect((await behind.call('/api/v1/caller', { headers })).json).toMatchObject({
      actor: { address: '203.0.113.7' },
    });
    expect((await api.call('/api/v1/caller', { headers })).json).toMatchObject({ actor: { address: '127.0.0.1' } });
    await behind.kill();
  });
});
