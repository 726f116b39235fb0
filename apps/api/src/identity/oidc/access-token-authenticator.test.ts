import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Authenticator } from '../caller.ts';
import { accessTokenAuthenticator } from './access-token-authenticator.ts';
import { type LocalIssuer, startIssuer } from './issuer.fixture.ts';
import { openIssuer } from './issuer.ts';
import { issuerFetch } from './issuer-fetch.ts';

let local: LocalIssuer;
let clockMs: number;
let authenticate: Authenticator;

const log = pino({ level: 'silent' });

beforeEach(async () => {
  local = await startIssuer();
  clockMs = 0;
  const issuer = openIssuer({
    url: local.url,
    clientId: undefined,
    clientSecret: undefined,
    fetch: issuerFetch(undefined),
    log,
    now: () => clockMs,
  });
  authenticate = accessTokenAuthenticator({
    issuer,
    expected: { audience: 'tandem-api', acceptedClients: ['ci'] },
    roles: {
      claimPaths: ['realm_access.roles', 'groups'],
      names: { client: undefined, audience: 'tandem-api' },
      mapping: { viewer: ['reader'], operator: ['backup'], restorer: [], admin: ['root'] },
    },
    log,
  });
});

afterEach(() => {
  vi.useRealTimers();
  local.stop();
});

const send = (bearer: string | undefined) =>
  authenticate({ bearer, address: '10.0.0.7', cookie: undefined, certificate: undefined });

const CONSTANT = 'What was sent, if anything, was not accepted';
const roles = { realm_access: { roles: ['reader', 'backup'] } };

describe('access tokens', () => {
  it('gives the strongest role that a claim is mapped to, and says who it is', async () => {
    const caller = await send(await local.sign({ ...roles, preferred_username: 'nora', azp: 'web' }));
    expect(caller).toMatchObject({
      role: 'operator',
      actor: { kind: 'oidc', id: 'subject-1', name: 'nora', issuer: local.url, address: '10.0.0.7' },
    });
    expect(await caller?.stillAccepted?.()).toBe(true);
  });

  it('leaves API keys and requests without a bearer to others', async () => {
    expect(await send(undefined)).toBeUndefined();
    expect(await send('tdm_4f9a2c7b_x')).toBeUndefined();
    expect(local.requests).toEqual([]);
  });

  it('accepts a type of RFC 9068, and a client in azp or client_id without the audience', async () => {
    expect(await send(await local.sign(roles, { typ: 'at+jwt' }))).toMatchObject({ role: 'operator' });
    expect(await send(await local.sign({ ...roles, aud: 'account', azp: 'ci' }))).toMatchObject({ role: 'operator' });
    expect(await send(await local.sign({ ...roles, aud: [], client_id: 'ci' }))).toMatchObject({ role: 'operator' });
  });

  it('explains a token that is valid, but for another audience', async () => {
    await expect(send(await local.sign({ ...roles, aud: 'account', azp: 'web' }))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message:
        'The access token is valid, but not for Tandem: it has the audience account; that of Tandem is tandem-api. Keycloak adds an audience only if the client has an audience mapper: add one, or list the client web in OIDC_ACCEPT_AZP (docs/security.md).',
    });
  });

  it('refuses a token without a role with 403, and names the claims', async () => {
    await expect(send(await local.sign({ groups: ['Backup', 'x'] }))).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('claims realm_access.roles, groups; their values are Backup, x.'),
    });
  });

  const past = Math.floor(Date.now() / 1_000) - 60;

  it.each<[string, (issuer: LocalIssuer) => Promise<string>]>([
    ['expired', (issuer) => issuer.sign({ ...roles, exp: past })],
    ['not valid yet', (issuer) => issuer.sign({ ...roles, nbf: past + 600 })],
    ['without an expiry', (issuer) => issuer.sign({ ...roles, exp: undefined as never })],
    ['of another issuer', (issuer) => issuer.sign({ ...roles, iss: 'https://evil.example.com' })],
    ['with an issuer that only begins alike', (issuer) => issuer.sign({ ...roles, iss: `${issuer.url}/` })],
    ['with an unknown key', (issuer) => issuer.sign(roles, { kid: '../../etc/passwd' })],
    ['with a hostile kid', (issuer) => issuer.sign(roles, { kid: "' OR 1=1 --\u0000" })],
    [
      'signed by another key of the same name',
      async (issuer) => issuer.sign(roles, {}, (await generateKeyPair('ES256')).privateKey),
    ],
    [
      'with a key of its own in the header',
      async (issuer) => {
        const { privateKey } = await generateKeyPair('ES256');
        const jwk = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };
        return issuer.sign(roles, { jku: `${issuer.url}/evil`, x5u: `${issuer.url}/evil`, jwk }, privateKey);
      },
    ],
    [
      'without a signature',
      async (issuer) =>
        new UnsecuredJWT({ ...roles, iss: issuer.url, aud: 'tandem-api', sub: 'a', exp: past + 600 }).encode(),
    ],
    [
      'signed with the public key as a shared secret',
      async (issuer) =>
        new SignJWT({ ...roles, iss: issuer.url, aud: 'tandem-api', sub: 'a', exp: past + 600 })
          .setProtectedHeader({ alg: 'HS256', kid: 'first' })
          .sign(new TextEncoder().encode(await issuer.publicPem())),
    ],
    ['that is an ID token', (issuer) => issuer.sign({ ...roles, at_hash: 'x' })],
    ['that Keycloak calls an ID token', (issuer) => issuer.sign({ ...roles, typ: 'ID' })],
    ['that is a refresh token', (issuer) => issuer.sign({ ...roles, typ: 'Refresh' })],
    ['that is a logout token', (issuer) => issuer.sign(roles, { typ: 'logout+jwt' })],
    ['without a subject and a client', (issuer) => issuer.sign({ ...roles, sub: undefined as never })],
    ['with a subject that cannot be recorded', (issuer) => issuer.sign({ ...roles, sub: 'a\u0000b' })],
    [
      'with an unknown critical header',
      (issuer) => issuer.sign(roles).then((token) => withHeader(token, { crit: ['x'], x: 1 })),
    ],
    ['that is no token', async () => 'abc'],
    ['that is empty', async () => ''],
    ['with parts that are no JSON', async () => 'a.b.c'],
    ['with an encrypted form', async () => 'a.b.c.d.e'],
  ])('refuses a token %s, and does not say why', async (_title, make) => {
    await expect(send(await make(local))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining(CONSTANT),
    });
    expect(local.requests).not.toContain('/evil');
  });

  it('allows for clocks that differ by less than half a minute', async () => {
    const now = Math.floor(Date.now() / 1_000);
    expect(await send(await local.sign({ ...roles, exp: now - 20 }))).toMatchObject({ role: 'operator' });
    expect(await send(await local.sign({ ...roles, nbf: now + 20 }))).toMatchObject({ role: 'operator' });
  });

  it('asks for the keys once', async () => {
    const token = await local.sign(roles);
    await Promise.all(Array.from({ length: 20 }, () => send(token)));
    expect(local.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });
});

const withHeader = (token: string, header: object): string => {
  const [, ...rest] = token.split('.');
  const text = JSON.stringify({ alg: 'ES256', kid: 'first', ...header });
  return [Buffer.from(text).toString('base64url'), ...rest].join('.');
};

const MINUTE = 60_000;

describe('keys of the issuer', () => {
  it('reads them again for a token of an unknown key, but not within ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await send(await local.sign(roles));
    await local.rotate('second', true);
    const token = await local.sign(roles);
    await expect(send(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    vi.setSystemTime(Date.now() + 11_000);
    expect(await send(token)).toMatchObject({ role: 'operator' });
    expect(local.requests.filter((path) => path === '/keys')).toHaveLength(2);
  });

  it('no longer accepts a withdrawn key once they were read again', async () => {
    const old = await local.sign(roles);
    await send(old);
    await local.rotate('second', false);
    expect(await send(old)).toMatchObject({ role: 'operator' });
    clockMs = 11 * MINUTE;
    const outcome = () =>
      send(old).then(
        () => 'accepted',
        ({ code }) => code,
      );
    await expect.poll(outcome).toBe('UNAUTHENTICATED');
    expect(await send(await local.sign(roles))).toMatchObject({ role: 'operator' });
  });

  it('goes on with the keys it has while the issuer is unreachable, for a day', async () => {
    const token = await local.sign(roles);
    await send(token);
    local.setDown(true);
    clockMs = 23 * 60 * MINUTE;
    expect(await send(token)).toMatchObject({ role: 'operator' });
    clockMs = 25 * 60 * MINUTE;
    await expect(send(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    local.setDown(false);
    clockMs += MINUTE;
    expect(await send(token)).toMatchObject({ role: 'operator' });
  });

  it('says that tokens cannot be checked while the issuer was never reached, and asks it at most every five seconds', async () => {
    local.setDown(true);
    const token = await local.sign(roles);
    await expect(send(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    await expect(send(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    expect(local.requests).toHaveLength(1);
    local.setDown(false);
    await expect(send(token)).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    clockMs = 5_000;
    expect(await send(token)).toMatchObject({ role: 'operator' });
  });
});
