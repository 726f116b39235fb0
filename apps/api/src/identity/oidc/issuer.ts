import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, customFetch as keysFetch, type RemoteJWKSet } from 'jose';
import { allowInsecureRequests, type Configuration, customFetch, discovery } from 'openid-client';
import type { IssuerFetch } from './issuer-fetch.ts';
import { keptValue } from './kept-value.ts';

export type Issuer = {
  /** Its metadata, and how we are known to it. Rejects with IDENTITY_UNAVAILABLE while it was never reached. */
  readonly configuration: () => Promise<Configuration>;
  /** The key of a token, by its header. Rejects with IDENTITY_UNAVAILABLE, or with an error of jose if there is no such key. */
  readonly keyOf: JWTVerifyGetKey;
};

export type IssuerOptions = {
  /** As it is in the claim `iss`. */
  readonly url: string;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly fetch: IssuerFetch;
  readonly log: Logger;
  /** In milliseconds, monotonic. */
  readonly now: () => number;
};

const TIMEOUT_MS = 5_000;
/** Min time between two requests for the keys because a token names an unknown one, which anybody can send. */
const COOLDOWN_MS = 10_000;
/** Min time between two requests of the same kind while the issuer is unreachable. */
const RETRY_MS = 5_000;
const METADATA_FRESH_MS = 3_600_000;
const KEYS_FRESH_MS = 600_000;
/** How long keys are used while the issuer is unreachable. */
const KEYS_LAST_MS = 86_400_000;

/** Sends nothing yet: what is needed is asked for with the first token, and cached. */
export const openIssuer = (options: IssuerOptions): Issuer => {
  const { log, now } = options;
  const onFailed = (error: unknown) => log.warn({ err: error }, 'OIDC issuer not reached');
  const timing = { retryMs: RETRY_MS, now, onFailed };
  const metadata = keptValue({
    ...timing,
    load: () => discover(options).catch(unavailable(options.url)),
    freshMs: METADATA_FRESH_MS,
    lastMs: Number.POSITIVE_INFINITY,
  });
  let keys:
    | { readonly uri: string; readonly set: RemoteJWKSet; readonly refreshed: () => Promise<unknown> }
    | undefined;
  const keysAt = (uri: string) => {
    if (keys?.uri === uri) return keys;
    const set = keySet(uri, options);
    const load = () => set.reload().catch(unavailable(options.url));
    keys = { uri, set, refreshed: keptValue({ ...timing, load, freshMs: KEYS_FRESH_MS, lastMs: KEYS_LAST_MS }) };
    return keys;
  };
  return {
    configuration: metadata,
    keyOf: async (header, token) => {
      const { jwks_uri: uri } = (await metadata()).serverMetadata();
      if (uri === undefined) throw fail('IDENTITY_UNAVAILABLE', `${named(options.url)} publishes no keys (jwks_uri).`);
      const { set, refreshed } = keysAt(uri);
      await refreshed();
      return set(header, token).catch(unlessKnown(options.url));
    },
  };
};

const discover = async ({ url, clientId, clientSecret, fetch }: IssuerOptions): Promise<Configuration> =>
  // without a client id it is used for its metadata only
  discovery(new URL(url), clientId ?? 'tandem', clientSecret, undefined, {
    [customFetch]: fetch,
    timeout: TIMEOUT_MS / 1_000,
    execute: isPlain(url) ? [allowInsecureRequests] : [],
  });

const isPlain = (url: string): boolean => url.startsWith('http:');

const keySet = (uri: string, { url, fetch, now }: IssuerOptions): RemoteJWKSet => {
  if (!uri.startsWith('https:') && !isPlain(url)) {
    throw fail('IDENTITY_UNAVAILABLE', `${named(url)} publishes its keys without TLS, at ${uri}.`);
  }
  let failedAt = Number.NEGATIVE_INFINITY;
  return createRemoteJWKSet(new URL(uri), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    // renewed above, where keys of an unreachable issuer go on
    cacheMaxAge: Number.POSITIVE_INFINITY,
    [keysFetch]: async (target, request) => {
      if (now() - failedAt < RETRY_MS) throw new Error('The issuer was not reached a moment ago.');
      const response = await fetch(target, request).catch((error) => {
        failedAt = now();
        throw error;
      });
      if (response.status !== 200) failedAt = now();
      return response;
    },
  });
};

const named = (url: string): string => `The OIDC issuer ${url}`;

const unavailable =
  (url: string) =>
  (error: unknown): never => {
    throw fail(
      'IDENTITY_UNAVAILABLE',
      `${named(url)} cannot be reached, or does not respond as one, so access tokens cannot be checked. Try again once it does.`,
      {},
      error,
    );
  };

/** That a key is unknown is the token's fault; anything else is the issuer's. */
const unlessKnown =
  (url: string) =>
  (error: unknown): never => {
    const isOfToken = OF_TOKEN.some((kind) => error instanceof kind);
    if (isOfToken) throw error;
    return unavailable(url)(error);
  };

const OF_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
