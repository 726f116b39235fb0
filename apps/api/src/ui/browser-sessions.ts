import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { type Actor, actorName } from '@tandem/shared/domain/history/event.ts';
import { buildEndSessionUrl } from 'openid-client';
import type { Answer, RequestContext } from '../http/route.ts';
import type { Authenticator } from '../identity/caller.ts';
import type { Issuer } from '../identity/oidc/issuer.ts';
import { unauthenticated } from '../identity/refusals.ts';
import { type BrowserLogin, PendingLogin } from '../identity/session/browser-login.ts';
import { cookieHeader, cookieValues } from '../identity/session/cookies.ts';
import { returnPath } from '../identity/session/return-path.ts';
import type { SealedCookies } from '../identity/session/sealed-cookies.ts';
import { SESSION_COOKIE, SESSION_MS, type SessionContent } from '../identity/session/session.ts';
import { loginPage } from './login-page.ts';

export type BrowserSessionsOptions = {
  readonly cookies: SealedCookies;
  readonly apiKeys: Authenticator;
  /** Undefined: people log in with API keys only. */
  readonly login: { readonly flow: BrowserLogin; readonly issuer: Issuer; readonly issuerUrl: string } | undefined;
  readonly publicUrl: string | undefined;
  readonly now: () => Date;
};

export type BrowserSessions = ReturnType<typeof browserSessions>;

const LOGIN_COOKIE = 'tandem_login';
/** Max time for the login at the issuer. */
const LOGIN_MS = 600_000;

/** What the pages below /ui do to sign in and out. */
export const browserSessions = (options: BrowserSessionsOptions) => {
  const { cookies, login, publicUrl, now } = options;
  const issuer = login && new URL(login.issuerUrl).host;
  const baseOf = (context: RequestContext) => publicUrl ?? context.browser?.origin ?? '';
  const cookie = async (purpose: 'session' | 'login', content: unknown, lastsMs: number, context: RequestContext) => {
    const expiresAt = new Date(now().getTime() + lastsMs);
    const sealed = await cookies.seal(purpose, content, expiresAt);
    const rules = { isSecure: baseOf(context).startsWith('https:'), maxAgeSeconds: lastsMs / 1_000 };
    return { header: cookieHeader(purpose === 'session' ? SESSION_COOKIE : LOGIN_COOKIE, sealed, rules), expiresAt };
  };
  const removed = (name: string, context: RequestContext) =>
    cookieHeader(name, '', { isSecure: baseOf(context).startsWith('https:'), maxAgeSeconds: 0 });
  const session = (content: SessionContent, context: RequestContext) => cookie('session', content, SESSION_MS, context);

  return {
    page: async (to: string | undefined): Promise<Answer> => loginPage({ issuer, returnPath: returnPath(to) }),

    start: async (to: string | undefined, context: RequestContext): Promise<Answer> => {
      if (login === undefined)
        throw fail('ROUTE_NOT_FOUND', 'No login at an issuer is configured: set OIDC_CLIENT_ID.');
      try {
        const { url, pending } = await login.flow.start(`${baseOf(context)}/ui/callback`, returnPath(to));
        const { header } = await cookie('login', pending, LOGIN_MS, context);
        return { status: 303, body: undefined, headers: { Location: url, 'Set-Cookie': header } };
      } catch (error) {
        return problemPage(error, issuer, returnPath(to));
      }
    },

    finish: async (query: string, context: RequestContext): Promise<Answer> => {
      const pending = await pendingOf(context, cookies);
      try {
        if (login === undefined || pending === undefined) {
          throw fail('UNAUTHENTICATED', 'The login took too long, or was begun in another browser. Log in again.');
        }
        const { header } = await session(await login.flow.finish(pending, query), context);
        const headers = { Location: pending.returnPath, 'Set-Cookie': [header, removed(LOGIN_COOKIE, context)] };
        return { status: 303, body: undefined, headers };
      } catch (error) {
        return problemPage(error, issuer, returnPath(pending?.returnPath), removed(LOGIN_COOKIE, context));
      }
    },

    create: async (key: string, context: RequestContext): Promise<Answer> => {
      const { address } = context.actor as Extract<Actor, { kind: 'anonymous' }>;
      const caller = await authenticated(options, key, address);
      const { header, expiresAt } = await session({ kind: 'api-key', key }, context);
      const body = { name: actorName(caller.actor), role: caller.role, expiresAt: expiresAt.toISOString() };
      return { status: 200, body, headers: { 'Set-Cookie': header } };
    },

    end: async (context: RequestContext): Promise<Answer> => {
      const body = { continueAt: await endAtIssuer(options, context) };
      return { status: 200, body, headers: { 'Set-Cookie': removed(SESSION_COOKIE, context) } };
    },
  };
};

const pendingOf = async (context: RequestContext, cookies: SealedCookies): Promise<PendingLogin | undefined> => {
  const [sealed, ...others] = cookieValues(context.browser?.cookie, LOGIN_COOKIE);
  if (sealed === undefined || others.length > 0) return undefined;
  return PendingLogin.safeParse((await cookies.open('login', sealed))?.content).data;
};

const problemPage = (error: unknown, issuer: string | undefined, path: string, setCookie?: string): Answer => {
  if (!isFailure(error)) throw error;
  const headers: Record<string, string> = setCookie === undefined ? {} : { 'Set-Cookie': setCookie };
  return loginPage({ issuer, returnPath: path, problem: error, headers });
};

const authenticated = async ({ apiKeys }: BrowserSessionsOptions, key: string, address: string) => {
  const caller = await apiKeys({ address, bearer: key, cookie: undefined, certificate: undefined });
  if (caller === undefined) throw unauthenticated();
  return caller;
};

/** Where the browser ends its session at the issuer as well; null: there is none, or the issuer has no such page. */
const endAtIssuer = async (
  { login, publicUrl, cookies }: BrowserSessionsOptions,
  { browser }: RequestContext,
): Promise<string | null> => {
  const [sealed = ''] = cookieValues(browser?.cookie, SESSION_COOKIE);
  const content = (await cookies.open('session', sealed))?.content as Partial<SessionContent> | undefined;
  if (login === undefined || content?.kind !== 'oidc') return null;
  try {
    const parameters = { post_logout_redirect_uri: `${publicUrl ?? browser?.origin}/ui/login` };
    return buildEndSessionUrl(await login.issuer.configuration(), parameters).href;
  } catch {
    return null;
  }
};
