import type { RoleMapping } from '@tandem/shared/domain/identity/role-mapping.ts';
import { mappedRole } from '@tandem/shared/domain/identity/role-mapping.ts';
import { z } from 'zod';
import type { Authenticator, Caller } from '../caller.ts';
import { unauthenticated } from '../refusals.ts';
import { cookieValues } from './cookies.ts';
import type { SealedCookies } from './sealed-cookies.ts';

export const SESSION_COOKIE = 'tandem_session';

/** After it, a new login is needed. */
export const SESSION_MS = 12 * 3_600_000;

/** What the cookie of a session contains. */
export type SessionContent = z.infer<typeof Session>;

const Session = z.discriminatedUnion('kind', [
  // the key itself, so that whatever ends the key ends the session
  z.strictObject({ kind: z.literal('api-key'), key: z.string() }),
  z.strictObject({
    kind: z.literal('oidc'),
    id: z.string(),
    name: z.string(),
    issuer: z.string(),
    /** Of its claims, those that were mapped to a role. */
    values: z.array(z.string()),
  }),
]);

export type SessionOptions = {
  readonly cookies: SealedCookies;
  readonly apiKeys: Authenticator;
  /** Undefined: none is configured. */
  readonly issuer: string | undefined;
  readonly mapping: RoleMapping;
};

/**
 * Recognises the cookie of a browser session. Each time it asks again whether the API key is accepted; a login at the issuer counts until the
 * cookie expires, as long as its issuer and one of its roles are still configured.
 */
export const sessionAuthenticator =
  (options: SessionOptions): Authenticator =>
  async ({ cookie, address }) => {
    const [sealed, ...others] = cookieValues(cookie, SESSION_COOKIE);
    if (sealed === undefined) return undefined;
    const opened = others.length === 0 ? await options.cookies.open('session', sealed) : undefined;
    const session = Session.safeParse(opened?.content).data;
    const caller = session && (await callerOf(session, address, options));
    if (opened === undefined || caller === undefined) throw unauthenticated();
    const { stillAccepted = async () => true } = caller;
    return { ...caller, stillAccepted: async () => Date.now() < opened.expiresAt.getTime() && (await stillAccepted()) };
  };

const callerOf = async (
  session: SessionContent,
  address: string,
  { apiKeys, issuer, mapping }: SessionOptions,
): Promise<Caller | undefined> => {
  if (session.kind === 'api-key') {
    return apiKeys({ address, bearer: session.key, cookie: undefined, certificate: undefined });
  }
  const role = isSame(session.issuer, issuer) ? mappedRole(mapping, session.values) : undefined;
  const { id, name } = session;
  return role && { actor: { kind: 'oidc', id, name, issuer: session.issuer, address }, role };
};

/** An issuer may write its address with or without the slash at the end of a host. */
const isSame = (one: string, other: string | undefined): boolean =>
  other !== undefined && URL.canParse(one) && new URL(one).href === new URL(other).href;
