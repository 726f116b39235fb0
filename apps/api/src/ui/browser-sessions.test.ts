import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Authenticator } from '../identity/caller.ts';
import type { Gate } from '../identity/gate.ts';
import { unauthenticated } from '../identity/refusals.ts';
import { sealedCookies } from '../identity/session/sealed-cookies.ts';
import { loginRoutes } from '../routes/login.ts';
import { listening } from '../server.fixture.ts';
import { browserSessions } from './browser-sessions.ts';

const cookies = sealedCookies('k'.repeat(32));
const failed: string[] = [];
const denied: string[] = [];

const apiKeys: Authenticator = async ({ bearer, address }) => {
  if (bearer !== 'good') throw unauthenticated();
  return { actor: { kind: 'api-key', id: 'tdm_1', name: 'desk', address }, role: 'viewer' };
};

const gate: Gate = {
  identify: async ({ address }) => ({ actor: { kind: 'anonymous', address }, role: 'viewer' }),
  failed: async (address) => void failed.push(address),
  authorize: async () => undefined,
};

const serve = (publicUrl: string | undefined) =>
  listening(
    loginRoutes(
      browserSessions({
        ...{ cookies, apiKeys, login: undefined, publicUrl },
        now: () => new Date(),
      }),
    ),
    { publicUrl, gate, onDenied: ({ code }, _, path) => void denied.push(`${code} ${path}`) },
  );

let server: Awaited<ReturnType<typeof serve>>;

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

beforeEach(async () => {
  failed.length = 0;
  denied.length = 0;
  server = await serve(undefined);
});

afterEach(() => server.close());

const attributes = (response: Response) => response.headers.get('set-cookie')?.replace(/=[^;]*/, '');

describe('POST /ui/session', () => {
  it('sets a cookie with the key in it, which only we can read', async () => {
    const response = await post('/ui/session', { apiKey: 'good' });
    expect([response.status, await response.json()]).toEqual([
      200,
      { name: 'desk', role: 'viewer', expiresAt: expect.any(String) },
    ]);
    expect(attributes(response)).toBe('tandem_session; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax');
    const sealed = /tandem_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect(await cookies.open('session', sealed)).toMatchObject({ content: { kind: 'api-key', key: 'good' } });
  });

  it('sets a secure cookie where browsers use https, also below a path of a proxy', async () => {
    server.close();
    server = await serve('https://tandem.example.com/below');
    expect(attributes(await post('/ui/session', { apiKey: 'good' }))).toMatch(/; Path=\/; .*; Secure$/);
    expect(attributes(await post('/ui/logout', {}))).toMatch(/Max-Age=0; .*; Secure$/);
  });

  it('counts a wrong key as a failed authentication, and repeats nothing of it', async () => {
    const response = await post('/ui/session', { apiKey: 'wrong-secret' });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await response.text()).not.toContain('wrong-secret');
    expect(failed).toEqual(['127.0.0.1']);
  });

  it.each([
    [{}],
    [{ apiKey: '' }],
    [{ apiKey: ['good'] }],
    [{ apiKey: 'x'.repeat(501) }],
    [{ apiKey: 'good', role: 'admin' }],
  ])('refuses %j', async (body) => expect((await post('/ui/session', body)).status).toBe(400));

  it('refuses a form, which a page of another site could send', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post('/ui/session', 'apiKey=good', headers)).status).toBe(415);
  });
});

describe('the login page', () => {
  it('offers the login at an issuer only where there is one', async () => {
    const page = await fetch(`http://127.0.0.1:${server.port}/ui/login`);
    expect(await page.text()).not.toContain('login/oidc');
    expect((await fetch(`http://127.0.0.1:${server.port}/ui/login/oidc`)).status).toBe(404);
  });

  it('shows why a login was not completed, and sets no session', async () => {
    const page = await fetch(`http://127.0.0.1:${server.port}/ui/callback?error=%3Cscript%3E&state=x`);
    expect(page.status).toBe(401);
    expect(attributes(page)).toMatch(/^tandem_login; .*Max-Age=0/);
    expect(await page.text()).not.toContain('<script>');
  });

  it('counts and records a login that was not completed as a failed authentication', async () => {
    await fetch(`http://127.0.0.1:${server.port}/ui/callback?code=guessed&state=x`);
    expect(failed).toEqual(['127.0.0.1']);
    expect(denied).toEqual(['UNAUTHENTICATED /ui/callback']);
  });

  it('has no other files', async () => {
    for (const file of ['..%2flogin-page.ts', 'login.html', '%2e%2e', 'login.js%00']) {
      expect((await fetch(`http://127.0.0.1:${server.port}/ui/login/${file}`)).status).toBe(404);
    }
  });
});
