import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { claimedValues } from '@tandem/shared/domain/identity/role-claims.ts';
import { mappedValues } from '@tandem/shared/domain/identity/role-mapping.ts';
import { type JWTPayload, jwtVerify } from 'jose';
import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import { ALGORITHMS, CLOCK_TOLERANCE_S, roleOf } from '../oidc/access-token-authenticator.ts';
import type { Oidc } from '../oidc/oidc.ts';
import { clientOf, identityOf, shown } from '../oidc/token-claims.ts';
import type { SessionContent } from './session.ts';

/** What is remembered, in a cookie, from the redirect to the issuer until it sends the browser back. */
export const PendingLogin = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where the issuer sends the browser back to. */
  redirectUrl: z.string(),
  /** Our page that the login leads to. */
  returnPath: z.string(),
});
export type PendingLogin = z.infer<typeof PendingLogin>;

export type BrowserLogin = {
  /** The address at the issuer to send the browser to. IDENTITY_UNAVAILABLE. */
  readonly start: (
    redirectUrl: string,
    returnPath: string,
  ) => Promise<{ readonly url: string; readonly pending: PendingLogin }>;
  /** Exchanges what the issuer returned with for a session. UNAUTHENTICATED, with a sentence for the person; FORBIDDEN: no role. */
  readonly finish: (pending: PendingLogin, query: string) => Promise<SessionContent>;
};

export type BrowserLoginOptions = Pick<Oidc, 'issuer' | 'roles'> & {
  readonly clientId: string;
  readonly scope: string;
  readonly log: Logger;
};

/** Authorization code flow with PKCE (RFC 7636), state and nonce. */
export const browserLogin = (options: BrowserLoginOptions): BrowserLogin => ({
  start: async (redirectUrl, returnPath) => {
    const pending = {
      ...{ state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() },
      ...{ redirectUrl, returnPath },
    };
    const url = buildAuthorizationUrl(await options.issuer.configuration(), {
      redirect_uri: redirectUrl,
      scope: options.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, pending };
  },
  finish: async (pending, query) => {
    const tokens = await exchanged(pending, query, options);
    const claims = tokens.claims() ?? {};
    const identity = identityOf(claims);
    if (identity === undefined) throw fail('UNAUTHENTICATED', 'The issuer did not say who logged in.');
    const ofAccess = await accessClaims(tokens.access_token, options);
    const { claimPaths, names, mapping } = options.roles;
    const values = [claims, ofAccess].flatMap((some) => claimedValues(some, claimPaths, names));
    const granting = mappedValues(mapping, [...new Set(values)]);
    // neither of them grants a role: says so with the claims of the one that usually has them
    if (granting.length === 0) roleOf({ ...claims, ...ofAccess }, options.roles);
    return {
      kind: 'oidc',
      ...identity,
      issuer: (await options.issuer.configuration()).serverMetadata().issuer,
      values: [...granting],
    };
  },
});

const exchanged = async (
  { state, nonce, verifier, redirectUrl }: PendingLogin,
  query: string,
  options: BrowserLoginOptions,
) => {
  const configuration = await options.issuer.configuration();
  const returned = new URL(redirectUrl);
  returned.search = query;
  try {
    return await authorizationCodeGrant(configuration, returned, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
  } catch (error) {
    options.log.info({ err: error }, 'login at the OIDC issuer failed');
    const why = error instanceof AuthorizationResponseError ? ` The issuer returned ${shown(error.error)}.` : '';
    throw fail('UNAUTHENTICATED', `The login was not completed.${why} Log in again.`, {}, error);
  }
};

/** Keycloak has roles in the access token only. One that is no JWT, or was issued to another client, says nothing. */
const accessClaims = async (token: string, { issuer, clientId }: BrowserLoginOptions): Promise<JWTPayload> => {
  try {
    const { issuer: expected } = (await issuer.configuration()).serverMetadata();
    const rules = { issuer: expected, algorithms: [...ALGORITHMS], clockTolerance: CLOCK_TOLERANCE_S };
    const { payload } = await jwtVerify(token, issuer.keyOf, rules);
    return clientOf(payload) === clientId ? payload : {};
  } catch {
    return {};
  }
};
