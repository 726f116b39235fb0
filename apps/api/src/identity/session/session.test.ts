import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Authenticator } from '../caller.ts';
import { unauthenticated } from '../refusals.ts';
import { sealedCookies } from './sealed-cookies.ts';
import { SESSION_MS, sessionAuthenticator } from './session.ts';

const cookies = sealedCookies('k'.repeat(32));
const live = new Set<string>();

const apiKeys: Authenticator = async ({ bearer = '', address }) => {
  if (bearer === 'away') throw fail('IDENTITY_UNAVAILABLE', 'PostgreSQL cannot be reached.');
  if (!live.has(bearer)) throw unauthenticated();
  return {
    actor: { kind: 'api-key', id: 'tdm_1', name: 'nightly', address },
    role: 'operator',
    stillAccepted: async () => live.has(bearer),
  };
};

const authenticate = sessionAuthenticator({
  cookies,
  apiKeys,
  issuer: 'https://sso.example.com',
  mapping: { viewer: ['readers'], operator: [], restorer: [], admin: ['root'] },
});

const send = (cookie: string | undefined) =>
  authenticate({ address: '10.0.0.7', bearer: undefined, cookie, certificate: undefined });

const sealed = async (content: unknown, lastsMs = SESSION_MS) =>
  `tandem_session=${await cookies.seal('session', content, new Date(Date.now() + lastsMs))}`;

const refused = { code: 'UNAUTHENTICATED' };
const login = { kind: 'oidc', id: 'u1', name: 'nora', issuer: 'https://sso.example.com/', values: ['readers'] };

beforeEach(() => {
  live.clear();
  live.add('key');
});

describe('a session', () => {
  it('leaves requests without its cookie to others', async () => {
    expect(await send(undefined)).toBeUndefined();
    expect(await send('other=1')).toBeUndefined();
  });

  it('of an API key is that key, as long as it is accepted', async () => {
    const cookie = await sealed({ kind: 'api-key', key: 'key' });
    const caller = await send(cookie);
    expect(caller).toMatchObject({
      role: 'operator',
      actor: { kind: 'api-key', name: 'nightly', address: '10.0.0.7' },
    });
    expect(await caller?.stillAccepted?.()).toBe(true);
    live.delete('key');
    expect(await caller?.stillAccepted?.()).toBe(false);
    await expect(send(cookie)).rejects.toMatchObject(refused);
  });

  it('says so when keys cannot be checked', async () => {
    await expect(send(await sealed({ kind: 'api-key', key: 'away' }))).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
    });
  });

  it('of a person has the role that is mapped now', async () => {
    expect(await send(await sealed(login))).toMatchObject({
      role: 'viewer',
      actor: { kind: 'oidc', id: 'u1', name: 'nora' },
    });
    expect(await send(await sealed({ ...login, values: ['readers', 'root'] }))).toMatchObject({ role: 'admin' });
    await expect(send(await sealed({ ...login, values: ['writers'] }))).rejects.toMatchObject(refused);
    await expect(send(await sealed({ ...login, issuer: 'https://other.example.com' }))).rejects.toMatchObject(refused);
  });

  it('ends with its cookie, also for an open stream', async () => {
    await expect(send(await sealed(login, -1_000))).rejects.toMatchObject(refused);
    const caller = await send(await sealed(login, 1_100));
    await expect.poll(() => caller?.stillAccepted?.(), { timeout: 3_000 }).toBe(false);
  });

  it.each([
    ['', 'an empty cookie'],
    ['tdm_4f9a2c7b_x', 'a key in clear text'],
    ['eyJhbGciOiJub25lIn0.e30.', 'a token without a signature'],
  ])('is not %j: %s', async (value) => {
    await expect(send(`tandem_session=${value}`)).rejects.toMatchObject(refused);
  });

  it('is not two cookies, another content, or the cookie of a login', async () => {
    const cookie = await sealed({ kind: 'api-key', key: 'key' });
    await expect(send(`${cookie}; ${cookie}`)).rejects.toMatchObject(refused);
    await expect(send(await sealed({ kind: 'certificate' }))).rejects.toMatchObject(refused);
    await expect(send(await sealed({ ...login, role: 'admin' }))).rejects.toMatchObject(refused);
    const other = await cookies.seal('login', { kind: 'api-key', key: 'key' }, new Date(Date.now() + 60_000));
    await expect(send(`tandem_session=${other}`)).rejects.toMatchObject(refused);
  });
});
