import { type Failure, type FailureCode, fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Role } from '@tandem/shared/domain/identity/role.ts';
import type { Route } from '../http/route.ts';
import type { Access } from './access.ts';
import type { Arrival } from './arrival.ts';
import { type AuthMode, authMode, type Exposure } from './auth-mode.ts';
import type { Authenticator, Caller } from './caller.ts';
import { checkFetchSite, checkOrigin } from './check-origin.ts';
import type { KeyPresence } from './key-presence.ts';
import { checkOpenRequest } from './open-requests.ts';
import { keysUnavailable, unauthenticated } from './refusals.ts';
import { requireRole } from './require-role.ts';

export type GatedRoute = Pick<Route, 'method' | 'path'> & { readonly docs: Pick<Route['docs'], 'id'> };

/** Decides about every request before its body is read and its input is checked. */
export type Gate = {
  /** UNAUTHENTICATED, FORBIDDEN (from another site), HOST_NOT_SERVED, PROXY_NOT_TRUSTED, TOO_MANY_REQUESTS, IDENTITY_UNAVAILABLE. */
  readonly identify: (arrival: Arrival, route: GatedRoute) => Promise<Caller>;
  /** Counts wrong credentials that a handler found. TOO_MANY_REQUESTS. */
  readonly failed: CallerLimits['failed'];
  /** FORBIDDEN, TOO_MANY_REQUESTS. */
  readonly authorize: (caller: Caller, route: GatedRoute) => Promise<void>;
};

/** What limits how often someone may ask. TOO_MANY_REQUESTS. */
export type CallerLimits = {
  /** Before UNAUTHENTICATED is thrown: too many such failures from one address have another answer. */
  readonly failed: (address: string) => Promise<void>;
  /** Of accepted callers; those without a role count by their address. Not called for the routes that everyone may call, nor in open mode on a loopback address. */
  readonly accepted: (caller: Caller, route: GatedRoute) => Promise<void>;
};

export type GateOptions = {
  readonly access: Readonly<Record<string, Access>>;
  /** Of the port, for the path of a route. */
  readonly exposureOf: (path: string) => Exposure;
  readonly publicUrl: string | undefined;
  readonly keys: Pick<KeyPresence, 'known' | 'ask'>;
  readonly authenticate: Authenticator;
  readonly limits: CallerLimits;
};

/** With such a failure it was not decided what the caller may do, or it was decided that it may not. */
export const isDenial = ({ code }: Failure): boolean => DENIALS.has(code);

const DENIALS: ReadonlySet<FailureCode> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'TOO_MANY_REQUESTS',
  'HOST_NOT_SERVED',
  'PROXY_NOT_TRUSTED',
]);

export const createGate = (options: GateOptions): Gate => ({
  failed: options.limits.failed,
  identify: async (arrival, route) => {
    const isPublic = options.access[route.docs.id] === 'public';
    if (isPublic && route.method === 'get') return anonymous(arrival, 'viewer');
    if (arrival.authorization.length === 0) checkPage(arrival, route, options.publicUrl);
    if (isPublic) return anonymous(arrival, 'viewer');
    try {
      return (await authenticated(options, arrival)) ?? (await withoutCredentials(options, arrival, route));
    } catch (error) {
      if (isFailure(error, 'UNAUTHENTICATED') && !isOpenHere(options, route))
        await options.limits.failed(arrival.address);
      // known, but without a role: no request of theirs reaches `authorize`
      if (isFailure(error, 'FORBIDDEN')) await options.limits.accepted(anonymous(arrival, 'viewer'), route);
      throw error;
    }
  },
  authorize: async (caller, route) => {
    const needed = options.access[route.docs.id];
    if (needed === 'public') return;
    const what = `${route.method.toUpperCase()} ${route.path}`;
    if (needed === undefined) throw fail('FORBIDDEN', `${what} has no role yet, so nobody may call it.`);
    // before the role: what is refused for it costs as much
    if (!isUnlimited(options, caller, route)) await options.limits.accepted(caller, route);
    requireRole(caller, needed, what);
  },
});

/** What a browser adds by itself must not serve the page of another site. */
const checkPage = (arrival: Arrival, { method }: GatedRoute, publicUrl: string | undefined): void => {
  checkOrigin(arrival, publicUrl);
  if (method !== 'get') checkFetchSite(arrival);
};

const anonymous = ({ address }: Arrival, role: Role): Caller => ({ actor: { kind: 'anonymous', address }, role });

/** Undefined: the request has no credentials. */
const authenticated = async (
  { authenticate }: GateOptions,
  { address, authorization, cookie, certificate, credentialInUrl }: Arrival,
): Promise<Caller | undefined> => {
  if (credentialInUrl || authorization.length > 1) throw unauthenticated();
  const [header] = authorization;
  if (header === undefined) {
    if (cookie === undefined && certificate === undefined) return undefined;
    return authenticate({ address, bearer: undefined, cookie, certificate });
  }
  // the others must not make up for a bearer that nobody knows
  const caller = await authenticate({ address, bearer: bearerIn(header), cookie: undefined, certificate: undefined });
  if (caller === undefined) throw unauthenticated();
  return caller;
};

/** RFC 6750, and whatever else is visible: what it is worth is for those to say who know the credential. */
const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

const bearerIn = (header: string): string => {
  const bearer = BEARER.exec(header)?.[1];
  if (bearer === undefined) throw unauthenticated();
  return bearer;
};

const withoutCredentials = async (options: GateOptions, arrival: Arrival, route: GatedRoute): Promise<Caller> => {
  const { keys, publicUrl } = options;
  const exposure = options.exposureOf(route.path);
  const mode = authMode(exposure, keys.known());
  const decided = mode === 'unknown' ? authMode(exposure, await keys.ask()) : mode;
  if (decided !== 'open') throw refusalOf(decided);
  const { loopback, chosen } = exposure;
  checkOpenRequest(arrival, { loopback, chosen: chosen === 'open', publicUrl });
  return anonymous(arrival, 'admin');
};

const refusalOf = (mode: Exclude<AuthMode, 'open'>): Failure =>
  mode === 'required' ? unauthenticated() : keysUnavailable(undefined);

/** Whoever reaches the port needs no credentials, so that guessing them gains nothing. */
const isOpenHere = ({ exposureOf, keys }: GateOptions, { path }: GatedRoute): boolean => {
  const exposure = exposureOf(path);
  return exposure.loopback && authMode(exposure, keys.known()) === 'open';
};

/** The same person runs everything that reaches the port. */
const isUnlimited = ({ exposureOf }: GateOptions, { actor }: Caller, { path }: GatedRoute): boolean =>
  actor.kind === 'anonymous' && exposureOf(path).loopback;
