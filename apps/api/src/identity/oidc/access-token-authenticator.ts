import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Role } from '@tandem/shared/domain/identity/role.ts';
import { type ClaimNames, type ClaimPath, claimedValues } from '@tandem/shared/domain/identity/role-claims.ts';
import { mappedRole, type RoleMapping } from '@tandem/shared/domain/identity/role-mapping.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { type JWTPayload, type JWTVerifyResult, jwtVerify } from 'jose';
import type { Authenticator } from '../caller.ts';
import { unauthenticated } from '../refusals.ts';
import type { Issuer } from './issuer.ts';
import { audienceProblem, clientOf, type ExpectedAudience, identityOf, isAccessToken, shown } from './token-claims.ts';

/** How claims become a role. */
export type RoleSource = {
  readonly claimPaths: readonly ClaimPath[];
  readonly names: ClaimNames;
  readonly mapping: RoleMapping;
};

export type AccessTokenOptions = {
  readonly issuer: Issuer;
  readonly expected: ExpectedAudience;
  readonly roles: RoleSource;
  readonly log: Logger;
};

/** Signatures with a key pair. Those with a shared key (HS256) would make the issuer's public key a secret. */
export const ALGORITHMS: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Between our clock and the issuer's. */
export const CLOCK_TOLERANCE_S = 30;

/**
 * Recognises access tokens of the issuer (RFC 9068, and what Keycloak issues). Keys come from the issuer alone, never from an address or a key in
 * the token. Rejects with FORBIDDEN if the token grants no role. That a token is meant for another service is said, since only its signature makes
 * that known; anything else that is wrong is in the log.
 */
export const accessTokenAuthenticator =
  (options: AccessTokenOptions): Authenticator =>
  async ({ bearer, address }) => {
    if (bearer === undefined || bearer.startsWith('tdm_')) return undefined;
    const { payload, protectedHeader } = await verified(bearer, options);
    const identity = identityOf(payload);
    if (identity === undefined || !isAccessToken(protectedHeader.typ, payload)) {
      throw refused(options.log, 'not an access token of a subject', payload);
    }
    const problem = audienceProblem(payload, options.expected);
    if (problem !== undefined) throw misdirected(options.log, problem, payload);
    const { exp = 0, iss = '' } = payload;
    return {
      actor: { kind: 'oidc', ...identity, issuer: iss, address },
      role: roleOf(payload, options.roles),
      stillAccepted: async () => Date.now() < (exp + CLOCK_TOLERANCE_S) * 1_000,
    };
  };

const verified = async (token: string, { issuer, log }: AccessTokenOptions): Promise<JWTVerifyResult> => {
  // anything else needs no keys
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw unauthenticated();
  const metadata = (await issuer.configuration()).serverMetadata();
  try {
    return await jwtVerify(token, issuer.keyOf, {
      issuer: metadata.issuer,
      algorithms: [...ALGORITHMS],
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['exp'],
    });
  } catch (error) {
    if (isFailure(error)) throw error;
    log.info({ reason: (error as Error).message }, 'access token refused');
    throw unauthenticated();
  }
};

const refused = (log: Logger, reason: string, claims: JWTPayload): Error => {
  log.info({ reason, client: shown(clientOf(claims) ?? '') }, 'access token refused');
  return unauthenticated();
};

const misdirected = (log: Logger, problem: string, claims: JWTPayload): Error => {
  refused(log, problem, claims);
  return fail('UNAUTHENTICATED', problem);
};

/** Rejects with FORBIDDEN, and a sentence that names the claims that were read. */
export const roleOf = (claims: object, { claimPaths, names, mapping }: RoleSource): Role => {
  const values = claimedValues(claims, claimPaths, names);
  const role = mappedRole(mapping, values);
  if (role !== undefined) return role;
  const found =
    values.length === 0 ? 'they have no values' : `their values are ${nameList(values.map(shown), { max: MAX_SHOWN })}`;
  throw fail(
    'FORBIDDEN',
    `The token grants no role. Read were the claims ${claimPaths.join(', ')}; ${found}. Have one of the values of ROLE_MAPPING granted at the issuer, or map one of these (OIDC_ROLE_CLAIMS, ROLE_MAPPING).`,
  );
};

const MAX_SHOWN = 10;
