import type { JWTPayload } from 'jose';

/** Whom an access token is for. */
export type ExpectedAudience = {
  readonly audience: string | undefined;
  /** Clients whose tokens are accepted without our audience. */
  readonly acceptedClients: readonly string[];
};

/** The client that a token was issued to: `azp` (OpenID Connect, Keycloak) or `client_id` (RFC 9068). */
export const clientOf = (claims: JWTPayload): string | undefined =>
  [claims.azp, claims.client_id].find((claim) => typeof claim === 'string' && claim !== '') as string | undefined;

/** Why a token is not for us, with what to do; undefined: it is. */
export const audienceProblem = (claims: JWTPayload, expected: ExpectedAudience): string | undefined => {
  const audiences = [claims.aud ?? []].flat();
  const client = clientOf(claims);
  if (expected.audience !== undefined && audiences.includes(expected.audience)) return undefined;
  if (client !== undefined && expected.acceptedClients.includes(client)) return undefined;
  const found = audiences.length === 0 ? 'has no audience (aud)' : `has the audience ${shown(audiences.join(', '))}`;
  const needed = expected.audience === undefined ? '' : `; that of Tandem is ${expected.audience}`;
  const issuedTo = client === undefined ? 'the client' : `the client ${shown(client)}`;
  return `The access token is valid, but not for Tandem: it ${found}${needed}. Keycloak adds an audience only if the client has an audience mapper: add one, or list ${issuedTo} in OIDC_ACCEPT_AZP (docs/security.md).`;
};

/** Whether it is one, not another token that the issuer signs: by the type that Keycloak writes, and by what only ID tokens have. */
export const isAccessToken = (headerType: string | undefined, claims: JWTPayload): boolean => {
  if (headerType !== undefined && !/^(?:application\/)?(?:at\+)?jwt$/i.test(headerType)) return false;
  const type = claims.typ;
  return claims.at_hash === undefined && (type === undefined || type === 'Bearer' || type === 'DPoP');
};

export type TokenIdentity = { readonly id: string; readonly name: string };

/** A subject has at most 255 characters (OpenID Connect Core, section 2). */
const MAX_ID = 255;
const MAX_NAME = 100;
const CONTROL = /\p{Cc}/u;

/** Undefined: the token does not say whom it is for in a way that can be recorded. */
export const identityOf = (claims: JWTPayload): TokenIdentity | undefined => {
  const client = clientOf(claims);
  const id = claims.sub ?? client;
  if (typeof id !== 'string' || id === '' || id.length > MAX_ID || CONTROL.test(id) || !id.isWellFormed())
    return undefined;
  const names = [claims.preferred_username, client, id];
  const name = names.find((one) => typeof one === 'string' && shown(one) !== '');
  return { id, name: shown(String(name)) };
};

/** A claim may hold any text, but reaches logs, messages and the history in one line, cut. */
export const shown = (claim: string): string =>
  [...claim.toWellFormed().replace(/\p{Cc}/gu, ' ')].slice(0, MAX_NAME).join('').trim();
