import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Api, HttpAnswer } from './harness/requests/api.ts';
import { openBrowser } from './harness/requests/browser.ts';
import { AUDIENCE, type OidcIssuer, startOidcIssuer } from './harness/services/oidc-issuer.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ data: 'none', apps: false });
let issuer: OidcIssuer;
let api: Api;

const ISSUER_ROLES = {
  ci: ['tandem-operator', 'offline_access'],
  root: ['tandem-admin'],
  reader: ['tandem-viewer'],
  outsider: ['something-else'],
  elsewhere: ['tandem-admin'],
  nora: ['tandem-operator'],
};

beforeAll(async () => {
  issuer = await startOidcIssuer({ roles: ISSUER_ROLES });
  world.onEnd(issuer.stop);
  api = await world.startApi({
    // the refusals below are more than an address may cause in a minute
    AUTH_FAILURE_LIMIT: '0',
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_CLIENT_ID: 'tandem-web',
    OIDC_CLIENT_SECRET: issuer.clientSecret,
  });
  issuer.allowRedirects(`${api.address}/ui/callback`);
});

type Send = { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> };

const send = (path: string, { method = 'GET', body, headers = {} }: Send = {}): Promise<HttpAnswer> =>
  api.call(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const asked = (token: string, path = '/api/v1/backups') => send(path, { headers: bearer(token) });

describe('access tokens', () => {
  it('name the client, and do what its role may do', async () => {
    const headers = bearer(await issuer.token('ci'));
    expect((await send('/api/v1/backups', { headers })).status).toBe(200);
    const run = await send('/api/v1/doctor', { method: 'POST', body: { wait: '30s' }, headers });
    expect(run.json?.actor).toEqual({ kind: 'oidc', id: 'ci', name: 'ci', issuer: issuer.url, address: '127.0.0.1' });
    const admins = await send('/api/v1/history/acknowledge-rollback', {
      method: 'POST',
      body: { reason: 'x' },
      headers,
    });
    expect([admins.status, admins.json?.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('are needed as soon as there is an issuer', async () => {
    expect((await send('/api/v1/backups')).status).toBe(401);
    expect((await send('/actuator/backup/x')).status).toBe(401);
    expect((await send('/actuator/health/liveness')).status).toBe(200);
  });

  it('of another audience are refused with an explanation', async () => {
    const { status, json } = await asked(await issuer.token('elsewhere'));
    expect([status, json?.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(json?.detail).toContain('it has the audience urn:another:api; that of Tandem is urn:tandem:api');
    expect(json?.detail).toContain('list the client elsewhere in OIDC_ACCEPT_AZP');
  });

  it('without a role are refused with the claims that were read', async () => {
    const { status, json } = await asked(await issuer.token('outsider'));
    expect([status, json?.code]).toEqual([403, 'FORBIDDEN']);
    expect(json?.detail).toContain('roles, permissions.{audience}; their values are something-else.');
  });

  const claims = () => ({ iss: issuer.url, aud: AUDIENCE, sub: 'root', roles: ['tandem-admin'] });

  it.each<[string, () => Promise<string>]>([
    ['expired', () => issuer.sign({ exp: Math.floor(Date.now() / 1_000) - 60 })],
    ['not valid yet', () => issuer.sign({ nbf: Math.floor(Date.now() / 1_000) + 600 })],
    ['of another issuer', () => issuer.sign({ iss: 'https://evil.example.com' })],
    ['with alg none', async () => new UnsecuredJWT(claims()).setExpirationTime('1m').encode()],
    [
      'with HS256 and the public key',
      async () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .setExpirationTime('1m')
          .sign(new TextEncoder().encode(await issuer.publicPem())),
    ],
    ['of another key', async () => issuer.sign({}, (await generateKeyPair('RS256')).privateKey)],
  ])('%s are refused with the one text', async (_title, make) => {
    const refused = await asked(await make());
    const nothing = await send('/api/v1/backups');
    expect(refused.status).toBe(401);
    expect(refused.json?.detail).toBe(nothing.json?.detail);
  });

  it('signed as the issuer signs are accepted, so that the cases above fail for their reason', async () => {
    expect((await asked(await issuer.sign({}))).status).toBe(200);
  });

  it('in the URL are refused', async () => {
    const token = await issuer.token('root');
    expect((await send(`/api/v1/backups?access_token=${token}`)).status).toBe(401);
    expect(api.output()).not.toContain(token);
  });
});

const login = async (name: string, to: string, browser = openBrowser()) => {
  const form = await browser.open(`${api.address}/ui/login/oidc?to=${encodeURIComponent(to)}`);
  const consent = await browser.open(form.action, { prompt: 'login', login: name, password: 'any' });
  const page = await browser.open(consent.action, { prompt: 'consent' });
  return { browser, page, cookie: browser.cookies(new URL(api.address).host) };
};

describe('a login in a browser', () => {
  it('leads through the issuer to a page of ours, and sets a cookie that says nothing', async () => {
    const { page, cookie } = await login('nora', '/docs');
    expect([page.status, page.url.href]).toEqual([200, `${api.address}/docs`]);
    const header = page.setCookies.find((one) => one.startsWith('tandem_session='));
    expect(header).toMatch(
      /^tandem_session=[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/,
    );
    expect(cookie).not.toContain('tandem_login');
    const run = await send('/api/v1/doctor', { method: 'POST', body: { wait: '30s' }, headers: { cookie } });
    expect(run.json?.actor).toMatchObject({ kind: 'oidc', id: 'nora', name: 'nora', issuer: issuer.url });
  });

  it('does not lead to another site', async () => {
    const { page } = await login('nora', '//evil.example.com/ui');
    expect(page.url.href).toBe(`${api.address}/ui/login`);
  });

  it('says in the page who has no role, and sets no session', async () => {
    const { page, cookie } = await login('outsider', '/docs');
    expect(page.status).toBe(403);
    expect(page.text).toContain('their values are something-else');
    expect(cookie).not.toContain('tandem_session');
  });

  it('is refused for a browser that did not begin it, and for another state', async () => {
    const victim = openBrowser();
    const stolen = await victim.open(`${api.address}/ui/callback?code=x&state=y`);
    expect([stolen.status, stolen.setCookies.join()]).toEqual([401, expect.not.stringContaining('tandem_session')]);
    await victim.open(`${api.address}/ui/login/oidc`);
    const mixed = await victim.open(`${api.address}/ui/callback?code=x&state=y`);
    expect([mixed.status, mixed.setCookies.join()]).toEqual([401, expect.not.stringContaining('tandem_session')]);
    expect(mixed.text).toContain('The login was not completed.');
  });

  it('is not used by the page of another site', async () => {
    const { cookie } = await login('nora', '/docs');
    const ask = (headers: Record<string, string>) =>
      send('/api/v1/doctor', { method: 'POST', body: {}, headers: { cookie, ...headers } });
    expect((await ask({ origin: api.address })).status).toBe(202);
    expect((await ask({ origin: 'https://evil.example.com' })).status).toBe(403);
    expect((await ask({ origin: 'null' })).status).toBe(403);
    expect((await ask({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await ask({ 'content-type': 'text/plain' })).status).toBe(415);
    const forged = { cookie: `${cookie.slice(0, -4)}AAAA` };
    expect((await send('/api/v1/backups', { headers: forged })).status).toBe(401);
    expect((await send('/api/v1/backups', { headers: { cookie, authorization: 'Bearer x' } })).status).toBe(401);
  });

  it('ends with a logout, which leads to the issuer', async () => {
    const { cookie } = await login('nora', '/docs');
    const { status, json, headers } = await send('/ui/logout', { method: 'POST', body: {}, headers: { cookie } });
    expect([status, headers.get('set-cookie')]).toEqual([
      200,
      expect.stringMatching(/^tandem_session=; Path=\/; Max-Age=0/),
    ]);
    expect(String(json?.continueAt)).toMatch(new RegExp(`^${issuer.url}/session/end\\?`));
  });
});

describe('a session of an API key', () => {
  it('ends with the key', async () => {
    const admin = bearer(await issuer.token('root'));
    const created = await send('/api/v1/keys', {
      method: 'POST',
      body: { name: 'desk', role: 'viewer', reason: 'x' },
      headers: admin,
    });
    expect(created.status, created.text).toBe(201);
    const { key, keyId } = created.json as { key: string; keyId: string };
    const session = await send('/ui/session', { method: 'POST', body: { apiKey: key } });
    expect(session.json).toMatchObject({ name: 'desk', role: 'viewer' });
    const header = session.headers.get('set-cookie') ?? '';
    expect(header).not.toContain(key);
    const cookie = header.split(';')[0] ?? '';
    expect((await send('/api/v1/backups', { headers: { cookie } })).status).toBe(200);
    await send(`/api/v1/keys/${keyId}`, { method: 'DELETE', body: { reason: 'x' }, headers: admin });
    const status = async () => (await send('/api/v1/backups', { headers: { cookie } })).status;
    await world.until('the session has ended', status, (seen) => seen === 401, 10_000);
    expect(api.output()).not.toContain(key);
  });

  it('is not given for a wrong key, nor to the page of another site', async () => {
    const wrong = await send('/ui/session', { method: 'POST', body: { apiKey: 'tdm_x' } });
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
    const headers = { origin: 'https://evil.example.com' };
    expect((await send('/ui/session', { method: 'POST', body: { apiKey: 'tdm_x' }, headers })).status).toBe(403);
  });
});

describe('the login page', () => {
  it('loads nothing from elsewhere, and escapes what it shows', async () => {
    const { status, text, headers } = await send('/ui/login?to=%22%3E%3Cscript%3E');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(text).not.toMatch(/https?:|<script>| on[a-z]+=|style=/);
    for (const [, file] of text.matchAll(/(?:src|href)="(login\/login\.\w+)"/g)) {
      expect((await send(`/ui/${file}`)).status).toBe(200);
    }
  });
});

describe('keys of the issuer', () => {
  it('may change', async () => {
    await issuer.rotate();
    const token = await issuer.token('ci');
    await world.until(
      'the new key is known',
      async () => (await asked(token)).status,
      (status) => status === 200,
    );
  });
});
