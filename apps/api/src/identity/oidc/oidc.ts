import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import type { Authenticator } from '../caller.ts';
import { accessTokenAuthenticator, type RoleSource } from './access-token-authenticator.ts';
import { type Issuer, openIssuer } from './issuer.ts';
import { issuerFetch } from './issuer-fetch.ts';

export type Oidc = {
  readonly issuer: Issuer;
  readonly roles: RoleSource;
  readonly authenticator: Authenticator;
};

export type OidcSettings = Pick<
  Settings,
  | 'oidcIssuer'
  | 'oidcCa'
  | 'oidcAudience'
  | 'oidcAcceptAzp'
  | 'oidcClientId'
  | 'oidcClientSecret'
  | 'oidcRoleClaims'
  | 'roleMapping'
>;

/** Undefined: there is no issuer, so no access token is accepted. */
export const openOidc = (settings: OidcSettings, log: Logger): Oidc | undefined => {
  if (settings.oidcIssuer === undefined) return undefined;
  const issuer = openIssuer({
    url: settings.oidcIssuer,
    clientId: settings.oidcClientId,
    clientSecret: settings.oidcClientSecret,
    fetch: issuerFetch(settings.oidcCa),
    log,
    now: () => performance.now(),
  });
  const roles: RoleSource = {
    claimPaths: settings.oidcRoleClaims,
    names: { client: settings.oidcClientId, audience: settings.oidcAudience },
    mapping: settings.roleMapping,
  };
  const expected = { audience: settings.oidcAudience, acceptedClients: settings.oidcAcceptAzp ?? [] };
  return { issuer, roles, authenticator: accessTokenAuthenticator({ issuer, expected, roles, log }) };
};
