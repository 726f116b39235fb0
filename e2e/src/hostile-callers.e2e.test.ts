import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newApiKey } from '@tandem/runtime/identity/new-api-key.ts';
import { formatApiKey } from '@tandem/shared/domain/identity/api-key.ts';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api, HttpAnswer } from './harness/requests/api.ts';
import { sendRaw } from './harness/requests/raw-http.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });

/** An issuer with one key; the claims and headers of its tokens are what a test says. */
let issuer: Server;
let issuerUrl: string;
let pair: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey };
let api: Api;
const keys: Record<'viewer' | 'operator' | 'restorer' | 'admin', string> = {
  ...{ viewer: '', operator: '', restorer: '', admin: '' },
};

beforeAll(async () => {
  pair = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  issuer = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: issuerUrl, jwks_uri: `${issuerUrl}/keys` },
      '/keys': { keys: [jwk] },
    };
    const body = answers[request.url ?? ''];
    response
      .writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(issuer, 'listening');
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  for (const role of Object.keys(keys) as (keyof typeof keys)[]) keys[role] = await storedKey(role, role);
  api = await world.startApi({
    ...{ OIDC_ISSUER: issuerUrl, OIDC_AUDIENCE: 'tandem', OIDC_ROLE_CLAIMS: 'roles', ROLE_MAPPING: 'viewer=reader' },
    AUTH_FAILURE_LIMIT: '0',
  });
});
afterAll(() => void issuer?.close());

/** A new key with that role. */
const storedKey = async (name: string, role: keyof typeof keys): Promise<string> => {
  const { id, key, digest } = newApiKey();
  await world.sql(
    `insert into api_key (id, name, role, digest, created_by) values ($1, $2, $3, $4, '{"kind":"system","name":"test"}')`,
    id,
    name,
    role,
    digest,
  );
  return key;
};

const call = (
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<HttpAnswer> =>
  api.call(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
const list = (headers: Record<string, string> = {}, query = '') => call('GET', `/api/v1/backups${query}`, headers);

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = (): JWTPayload => ({
  ...{ iss: issuerUrl, aud: 'tandem', sub: 'someone', roles: ['reader'] },
  iat: Math.floor(Date.now() / 1_000),
  exp: Math.floor(Date.now() / 1_000) + 300,
});
const signed = (changes: Readonly<Record<string, unknown>> = {}, header: object = {}) =>
  new SignJWT({ ...claims(), ...changes })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
    .sign(pair.privateKey);
const hmac = (header: object, secret: string) => {
  const signing = `${base64(header)}.${base64(claims())}`;
  return `${signing}.${createHmac('sha256', secret).update(signing).digest('base64url')}`;
};
/** All that a caller sees of a refusal, but for what differs between any two requests. */
const refusalOf = ({ status, headers, json }: HttpAnswer) => ({
  ...{ status, authenticate: headers.get('www-authenticate') },
  body: { ...json, requestId: undefined },
});

const wrongKey = (): string => newApiKey().key;
const wrongSecret = (): string => wrongKey().slice(13, -6);
const changedKey = () => `${keys.admin.slice(0, 30)}${keys.admin[30] === 'a' ? 'b' : 'a'}${keys.admin.slice(31)}`;

describe('31: credentials that are none', () => {
  const cases: readonly (readonly [string, () => Promise<HttpAnswer>])[] = [
    ['none', () => list()],
    ['a key that was never made', () => list(bearer(wrongKey()))],
    ['a key with a wrong checksum', () => list(bearer(changedKey()))],
    ['the id of a key with another secret', () => list(bearer(formatApiKey(keys.admin.slice(0, 12), wrongSecret())))],
    ['a key in the query string', () => list({}, `?cursor=${keys.admin}`)],
    ['a key in the query string, and a valid one in the header', () => list(bearer(keys.admin), `?key=${keys.admin}`)],
    ['a token in the query string', () => list({}, `?access_token=${keys.admin}`)],
    ['an empty Bearer', () => list({ authorization: 'Bearer ' })],
    ['Bearer alone', () => list({ authorization: 'Bearer' })],
    ['an empty header', () => list({ authorization: '' })],
    [
      'basic authentication with a key',
      () => list({ authorization: `Basic ${Buffer.from(`key:${keys.admin}`).toString('base64')}` }),
    ],
    ['a key without Bearer', () => list({ authorization: keys.admin })],
    ['two keys in one header', () => list({ authorization: `Bearer ${keys.admin}, Bearer ${keys.admin}` })],
    ['a key in a header of its own', () => list({ 'x-api-key': keys.admin })],
    ['a key as cookie', () => list({ cookie: `tandem_session=${keys.admin}` })],
    [
      'a wrong key, and a valid one as cookie',
      () => list({ ...bearer(wrongKey()), cookie: `tandem_session=${keys.admin}` }),
    ],
  ];

  it.each(cases)('%s: 401, with the same text', async (_, send) => {
    expect(refusalOf(await send())).toEqual(refusalOf(await list(bearer(wrongKey()))));
    expect((await send()).status).toBe(401);
  });

  it('two Authorization headers: 401, also if both are valid', async () => {
    const head = [
      'GET /api/v1/backups HTTP/1.1',
      'Host: 127.0.0.1',
      ...[keys.admin, keys.viewer].map((key) => `Authorization: Bearer ${key}`),
      'Connection: close',
    ];
    expect((await sendRaw(api.address, `${head.join('\r\n')}\r\n\r\n`)).status).toBe(401);
  });

  it('a wrong secret of a known key takes as long as an unknown key', async () => {
    const timed = async (key: string) => {
      const began = performance.now();
      expect((await list(bearer(key))).status).toBe(401);
      return performance.now() - began;
    };
    const differences: number[] = [];
    for (let nth = 0; nth < 8; nth += 1) {
      const pair = [formatApiKey(keys.admin.slice(0, 12), wrongSecret()), wrongKey()];
      const [known = 0, unknown = 0] = await Promise.all(pair.map(timed));
      differences.push(Math.abs(known - unknown));
    }
    expect(differences.toSorted((one, other) => one - other)[4]).toBeLessThan(50);
  });

  it.each(Object.keys(keys) as (keyof typeof keys)[])('a key with the role %s is accepted', async (role) =>
    expect((await list(bearer(keys[role]))).status).toBe(200),
  );
});

describe('32: what a role may not do', () => {
  it.each<[keyof typeof keys, string, string, unknown]>([
    ['viewer', 'POST', '/api/v1/backups', { backupId: 'hostile' }],
    ['viewer', 'POST', '/actuator/backup', { backupId: 'hostile' }],
    ['viewer', 'POST', '/api/v1/doctor', {}],
    ['operator', 'POST', '/api/v1/restores', { backupId: 'any', planHash: 'x' }],
    ['operator', 'DELETE', '/api/v1/backups/any', { reason: 'x' }],
    ['restorer', 'POST', '/api/v1/keys', { name: 'x', role: 'admin' }],
    ['restorer', 'PUT', '/api/v1/repositories/any', { type: 'fs', settings: {} }],
  ])('%s: %s %s is 403', async (role, method, path, body) => {
    const answer = await call(method, path, bearer(keys[role]), body);
    expect(answer.status, answer.text).toBe(403);
  });
});

describe('33: tokens that are none', () => {
  const cases: readonly (readonly [string, () => Promise<string>])[] = [
    ['algorithm none', async () => `${base64({ alg: 'none', kid: 'one' })}.${base64(claims())}.`],
    ['algorithm none, in capitals', async () => `${base64({ alg: 'NONE' })}.${base64(claims())}.`],
    [
      'HS256 signed with the public key',
      async () => hmac({ alg: 'HS256', kid: 'one' }, await exportSPKI(pair.publicKey)),
    ],
    ['a wrong audience', () => signed({ aud: 'another' })],
    ['no audience', () => signed({ aud: undefined })],
    ['another issuer', () => signed({ iss: 'http://127.0.0.1:9/' })],
    ['an expired token', () => signed({ exp: Math.floor(Date.now() / 1_000) - 3_600 })],
    ['a token that never expires', () => signed({ exp: undefined })],
    ['a token of tomorrow', () => signed({ nbf: Math.floor(Date.now() / 1_000) + 86_400 })],
    ['a path as kid', () => signed({}, { kid: '../../../../dev/null' })],
    ['SQL as kid', () => signed({}, { kid: "x' UNION SELECT 'secret' --" })],
    ['a kid that nobody has', () => signed({}, { kid: 'two' })],
    ['a key of its own', async () => signed({}, { jwk: await exportJWK(pair.publicKey), kid: 'mine' })],
    ['a URL of keys of its own', () => signed({}, { jku: 'http://127.0.0.1:9/keys', kid: 'mine' })],
    [
      'a changed payload',
      async () => {
        const [head, , signature] = (await signed()).split('.');
        return `${head}.${base64({ ...claims(), roles: ['admin'] })}.${signature}`;
      },
    ],
    ['no signature', async () => (await signed()).replace(/[^.]*$/, '')],
    ['not a token', async () => 'a.b.c'],
  ];

  it.each(cases)('%s: 401', async (_, make) => {
    const answer = await list(bearer(await make()));
    expect(answer.status, answer.text).toBe(401);
  });

  it('a valid token is accepted, and has the role of its claim only', async () => {
    const token = await signed();
    expect((await list(bearer(token))).status).toBe(200);
    expect((await call('POST', '/api/v1/backups', bearer(token), { backupId: 'x' })).status).toBe(403);
  });

  it('a token of the role admin is 403 where the mapping does not have it', async () =>
    expect((await list(bearer(await signed({ roles: ['admin'] })))).status).toBe(403));
});

describe('34: headers that claim something', () => {
  it.each<[string, Record<string, string>]>([
    ['X-HTTP-Method-Override', { 'x-http-method-override': 'DELETE' }],
    ['X-HTTP-Method', { 'x-http-method': 'DELETE' }],
    ['X-Forwarded-Host', { 'x-forwarded-host': 'attacker.example' }],
    ['X-Forwarded-Proto', { 'x-forwarded-proto': 'https' }],
    ['X-Forwarded-User', { 'x-forwarded-user': 'admin' }],
    ['X-Original-URL', { 'x-original-url': '/api/v1/keys' }],
  ])('%s is ignored', async (_, headers) => {
    expect(await list({ ...bearer(keys.viewer), ...headers })).toMatchObject({ status: 200 });
    expect((await list(headers)).status).toBe(401);
  });

  it('X-Forwarded-For does not change the address in events', async () => {
    const headers = { ...bearer(keys.operator), 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' };
    expect((await call('POST', '/api/v1/backups', headers, { backupId: 'forwarded' })).status).toBe(202);
    const [event] = await world.events('forwarded');
    expect(event?.actor).toMatchObject({ kind: 'api-key', name: 'operator', address: '127.0.0.1' });
  });

  it('a Host of another name is neither followed nor shown', async () => {
    const head = ['POST /api/v1/backups HTTP/1.1', 'Host: attacker.example', `Authorization: Bearer ${keys.operator}`];
    const body = JSON.stringify({ backupId: 'spoofed' });
    const rest = ['Content-Type: application/json', `Content-Length: ${body.length}`, 'Connection: close'];
    const answer = await sendRaw(api.address, `${[...head, ...rest].join('\r\n')}\r\n\r\n${body}`);
    expect(answer.status).toBe(202);
    expect(JSON.stringify(answer)).not.toContain('attacker.example');
  });
});

describe('41: the same again, and too much', () => {
  const post = (to: Api, body: object, headers: Record<string, string> = {}) =>
    to.call('/api/v1/backups', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(keys.operator), ...headers },
      body: JSON.stringify(body),
    });

  it('an id twice is 409, an idempotency key with another body 422', async () => {
    expect((await post(api, { backupId: 'twice' })).status).toBe(202);
    expect((await post(api, { backupId: 'twice' })).status).toBe(409);
    const headers = { 'idempotency-key': 'hostile-1' };
    expect((await post(api, { backupId: 'first' }, headers)).status).toBe(202);
    expect((await post(api, { backupId: 'second' }, headers)).status).toBe(422);
  });

  it('1,000 ids at once are 429 beyond RATE_LIMIT, with Retry-After, and leave other callers alone', async () => {
    const limited = await world.startApi({ AUTH_MODE: 'required', RATE_LIMIT: '40' });
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, nth) => post(limited, { backupId: `flood-${nth}` })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBe(40);
    expect(refused[0]?.json).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: expect.any(Number) });
    for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    const [{ count } = { count: 0 }] = await world.sql(
      `select count(*)::int as count from backup where backup_id like 'flood-%'`,
    );
    expect(count).toBe(40);
    expect((await limited.call('/api/v1/backups', { headers: bearer(keys.admin) })).status).toBe(200);
    expect((await limited.call('/actuator/backups', { headers: bearer(keys.operator) })).status).not.toBe(429);
    await limited.kill();
  });

  it('a limit is shared by all replicas, and none waits for Redis', async () => {
    const settings = { AUTH_MODE: 'required', RATE_LIMIT: '30' };
    const [one, other] = await Promise.all([world.startApi(settings), world.startApi(settings)]);
    // the other keys were counted in this minute, for all replicas
    const key = await storedKey('shared-limit', 'viewer');
    const from = (replica: Api) => replica.call('/api/v1/backups', { headers: bearer(key) });
    for (let nth = 0; nth < 30; nth += 1) expect((await from(one)).status).toBe(200);
    let sent = 0;
    const later = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      sent += 1;
      return (await from(other)).status;
    };
    await world.until('the other replica has learned of it', later, (status) => status === 429);
    // by its own count it would have accepted thirty
    expect(sent).toBeLessThan(25);
    expect((await from(one)).status).toBe(429);
    await Promise.all([one.kill(), other.kill()]);
  });

  it('11 wrong keys within a minute are 429, valid ones pass, and the history has one event for each reason', async () => {
    const strict = await world.startApi({ AUTH_MODE: 'required', HOST: '127.0.0.1' });
    const guess = () => strict.call('/api/v1/backups', { headers: bearer(wrongKey()) });
    const statuses: number[] = [];
    for (let nth = 0; nth < 15; nth += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(5).fill(429)]);
    expect((await guess()).headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect((await strict.call('/api/v1/backups', { headers: bearer(keys.viewer) })).status).toBe(200);
    expect((await strict.call('/api/v1/backups', { method: 'POST', headers: bearer(keys.viewer) })).status).toBe(403);
    const metrics = await strict.call('/actuator/prometheus', { headers: bearer(keys.viewer) });
    expect(metrics.text).toContain('tandem_requests_denied_total{code="UNAUTHENTICATED"} 10');
    expect(metrics.text).toContain('tandem_requests_denied_total{code="TOO_MANY_REQUESTS"} 6');
    strict.signal('SIGTERM');
    await strict.exited;
    const events = await world.sql(`select actor, reason, after from event where kind = 'access.denied' order by id`);
    // the API of the other tests writes its own once a minute
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          actor: { kind: 'anonymous', address: '127.0.0.1' },
          after: expect.objectContaining({ code: 'UNAUTHENTICATED', count: 10, routes: ['/api/v1/backups'] }),
        }),
        expect.objectContaining({ after: expect.objectContaining({ code: 'TOO_MANY_REQUESTS', count: 6 }) }),
        expect.objectContaining({
          actor: expect.objectContaining({ kind: 'api-key', name: 'viewer' }),
          after: expect.objectContaining({ code: 'FORBIDDEN', count: 1 }),
        }),
      ]),
    );
  });
});

describe('42: other sites', () => {
  it.each<[string, Record<string, string>, string]>([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'backupId=form'],
    ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['a form of plain text', { 'content-type': 'text/plain' }, '{"backupId":"form"}'],
  ])('%s with valid credentials is 415', async (_, headers, body) => {
    const sent = { method: 'POST', headers: { ...bearer(keys.operator), ...headers }, body };
    expect((await api.call('/api/v1/backups', sent)).status).toBe(415);
  });

  it('a foreign Origin gets no permission to read, and no preflight is answered', async () => {
    const read = await list({ ...bearer(keys.viewer), origin: 'https://attacker.example' });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await call('OPTIONS', '/api/v1/backups', {
      ...{ origin: 'https://attacker.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBeGreaterThanOrEqual(400);
    expect(preflight.headers.get('access-control-allow-methods')).toBeNull();
  });

  it('a page of another site cannot use the open mode of this machine', async () => {
    await world.sql('create table kept_keys as select * from api_key');
    await world.sql('delete from api_key');
    const open = await world.startApi();
    const json = { 'content-type': 'application/json' };
    const body = JSON.stringify({ backupId: 'cross-site' });
    const foreign = { method: 'POST', headers: { ...json, origin: 'https://attacker.example' }, body };
    expect((await open.call('/api/v1/backups', foreign)).status).toBe(403);
    const rebound = ['GET /api/v1/backups HTTP/1.1', 'Host: attacker.example:8092', 'Connection: close', '', ''];
    expect((await sendRaw(open.address, rebound.join('\r\n'))).status).toBe(421);
    const proxied = await open.call('/api/v1/backups', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect([proxied.status, proxied.json?.code]).toEqual([403, 'PROXY_NOT_TRUSTED']);
    expect((await open.call('/api/v1/backups')).status).toBe(200);
    await open.kill();
    await world.sql('insert into api_key select * from kept_keys');
    await world.sql('drop table kept_keys');
  });

  it('no response may be framed', async () => {
    for (const answer of [await list(bearer(keys.viewer)), await list()]) {
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });
});
