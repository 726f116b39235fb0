import { ROLES } from '@tandem/shared/domain/identity/role.ts';
import { type ClaimPath, DEFAULT_CLAIM_PATHS } from '@tandem/shared/domain/identity/role-claims.ts';
import { readRoleMapping } from '@tandem/shared/domain/identity/role-mapping.ts';
import { z } from 'zod';
import { row } from '../setting.ts';
import { text, url } from './setting-kinds.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** As it is in tokens, so nothing of it is changed. A trailing slash belongs to it. */
const issuerUrl = url('https', 'http')
  .refine((value) => {
    const { username, password, search, hash } = new URL(value);
    return username + password + search + hash === '';
  }, 'must consist of scheme, host, port and path only')
  .refine((value) => {
    const { protocol, hostname } = new URL(value);
    return protocol === 'https:' || LOOPBACK.test(hostname);
  }, 'must begin with https://; only an issuer on this machine may do without TLS')
  .transform((value) => value.trim());

/** Separated by commas. */
const names = (what: string) =>
  text
    .transform((value) => value.split(',').map((part) => part.trim()))
    .refine((listed) => !listed.includes(''), `must be ${what}, separated by commas`);

const MAX_SEGMENTS = 8;

const claimPaths = names('paths of claims').refine(
  (paths: readonly ClaimPath[]) => paths.every((path) => path.split('.').length <= MAX_SEGMENTS),
  `must be paths of at most ${MAX_SEGMENTS} names`,
);

const roleMapping = z.unknown().transform((written, context) => {
  const read = readRoleMapping(written);
  if (read.ok) return read.mapping;
  context.addIssue({ code: 'custom', message: read.problem });
  return z.NEVER;
});

const isSessionKey = (contents: string): boolean =>
  contents
    .trim()
    .split(/\s+/)
    .every((key) => key.length >= 32);

/** Access tokens, browser logins, and the roles that claims and client certificates grant. */
export const oidcSettings = {
  oidcIssuer: row({
    environment: 'OIDC_ISSUER',
    yaml: 'oidc.issuer',
    schema: issuerUrl,
    default: undefined,
    about:
      'Issuer of access tokens, as in their claim `iss`, such as `https://sso.example.com/realms/platform`. Must begin with `https://` unless it is on this machine.',
  }),
  oidcCa: row({
    environment: 'OIDC_CA_FILE',
    yaml: 'oidc.caFile',
    schema: text,
    default: undefined,
    file: true,
    about:
      "Certificate authority (PEM) that the issuer's certificate is verified against, in addition to those of Node.",
  }),
  oidcAudience: row({
    environment: 'OIDC_AUDIENCE',
    yaml: 'oidc.audience',
    schema: text,
    default: undefined,
    about: 'What the claim `aud` of an access token must contain.',
  }),
  oidcAcceptAzp: row({
    environment: 'OIDC_ACCEPT_AZP',
    yaml: 'oidc.acceptAzp',
    schema: names('client ids'),
    default: undefined,
    about:
      'Clients, separated by commas, whose access tokens (claim `azp`) are accepted without the audience. Keycloak puts no audience into tokens of a client without an audience mapper.',
  }),
  oidcClientId: row({
    environment: 'OIDC_CLIENT_ID',
    yaml: 'oidc.clientId',
    schema: text,
    default: undefined,
    about: 'Client at the issuer that people log in with in a browser. Without it only API keys can be used there.',
  }),
  oidcClientSecret: row({
    environment: 'OIDC_CLIENT_SECRET',
    yaml: 'oidc.clientSecret',
    schema: text,
    default: undefined,
    secret: true,
    about: 'Secret of that client; not set: it is a public client. PKCE is used in any case.',
  }),
  oidcScope: row({
    environment: 'OIDC_SCOPE',
    yaml: 'oidc.scope',
    schema: text.refine(
      (value) => value.trim().split(/\s+/).includes('openid'),
      'must be scopes separated by spaces, one of them openid',
    ),
    default: 'openid profile',
    about: 'What a login asks the issuer for. Some issuers have roles in tokens only with a scope of their own.',
  }),
  oidcRoleClaims: row({
    environment: 'OIDC_ROLE_CLAIMS',
    yaml: 'oidc.roleClaims',
    schema: claimPaths,
    default: DEFAULT_CLAIM_PATHS.join(','),
    about:
      'Claims with what `ROLE_MAPPING` maps, separated by commas. A claim whose own name has dots is found before nested ones. `{client}` stands for `OIDC_CLIENT_ID`, `{audience}` for `OIDC_AUDIENCE`.',
  }),
  roleMapping: row({
    environment: 'ROLE_MAPPING',
    yaml: 'auth.roleMapping',
    schema: roleMapping,
    default: ROLES.map((role) => `${role}=tandem-${role}`).join(';'),
    about:
      'What grants which role: values of claims, and names of client certificates such as `operator="CN=ci,OU=platform",DNS:ci.example.com`. Compared as a whole; the strongest role counts. In YAML also a mapping of lists.',
  }),
  sessionKeys: row({
    environment: 'SESSION_KEY_FILE',
    yaml: 'auth.sessionKeyFile',
    schema: text,
    default: undefined,
    file: true,
    about:
      'Key that the cookie of a browser session is encrypted with, the same on every replica: `openssl rand -hex 32 > FILE`. A second line is the previous key, which is still accepted. Without the file each process makes its own at its start, so that a restart ends all sessions.',
  }),
};

/** OIDC settings that say nothing, or not enough. */
export const oidcContradictions = (values: Readonly<Record<string, unknown>>): readonly string[] => {
  const has = (key: keyof typeof oidcSettings) => values[key] !== undefined;
  const problems: string[] = [];
  const alone = (['oidcCa', 'oidcAudience', 'oidcAcceptAzp', 'oidcClientId'] as const).filter(has);
  if (!has('oidcIssuer') && alone.length > 0) {
    const set = alone.map((key) => oidcSettings[key].environment).join(', ');
    problems.push(`OIDC_ISSUER must be set as well: without it ${set} has no effect`);
  }
  if (has('oidcIssuer') && !has('oidcAudience') && !has('oidcAcceptAzp') && !has('oidcClientId')) {
    problems.push(
      'OIDC_ISSUER is set, but no token would be accepted: set OIDC_AUDIENCE or OIDC_ACCEPT_AZP, or OIDC_CLIENT_ID for logins in a browser',
    );
  }
  if (has('oidcClientSecret') && !has('oidcClientId')) {
    problems.push('OIDC_CLIENT_SECRET is set: OIDC_CLIENT_ID must be set as well');
  }
  if (typeof values.sessionKeys === 'string' && !isSessionKey(values.sessionKeys)) {
    problems.push(
      'SESSION_KEY_FILE: the file contains no key of 32 characters or more on each line; "openssl rand -hex 32 > FILE" creates one',
    );
  }
  return problems;
};
