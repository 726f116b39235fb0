import assert from 'node:assert/strict';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { DEFAULT_CLAIM_PATHS } from '@tandem/shared/domain/identity/role-claims.ts';
import { readRoleMapping } from '@tandem/shared/domain/identity/role-mapping.ts';
import { decodeJwt } from 'jose';
import { pino } from 'pino';
import type { Caller } from '../../apps/api/src/identity/caller.ts';
import { openOidc } from '../../apps/api/src/identity/oidc/oidc.ts';
import { browserLogin } from '../../apps/api/src/identity/session/browser-login.ts';
import { AUDIENCE, PASSWORD, REALM, realm, SECRET } from './realm.ts';
import { startKeycloak } from './start-keycloak.ts';

/**
 * Checks the tokens of a real Keycloak: `mvn dependency:get -Dartifact=org.keycloak:keycloak-quarkus-dist:VERSION:zip`, unpack it, and run this file
 * with its folder. Needs Java 17 or newer. docs/security.md has the result.
 */

const [folder = '', port = '18080'] = process.argv.slice(2);
const CALLBACK = 'http://127.0.0.1:8092/ui/callback';
const log = pino({ level: 'silent' });

const keycloak = await startKeycloak(folder, Number(port), realm(CALLBACK));
const issuer = `${keycloak.url}/realms/${REALM}`;

const read = readRoleMapping(
  'viewer=tandem-viewer;operator=tandem-operator;restorer=tandem-restorer;admin=tandem-admin',
);
assert(read.ok);
const settings = {
  oidcIssuer: issuer,
  oidcCa: undefined,
  oidcAudience: AUDIENCE,
  oidcAcceptAzp: undefined,
  oidcClientId: 'tandem-web',
  oidcClientSecret: SECRET,
  oidcRoleClaims: [...DEFAULT_CLAIM_PATHS],
  roleMapping: read.mapping,
};
const open = (more: object = {}) => {
  const oidc = openOidc({ ...settings, ...more }, log);
  assert(oidc !== undefined);
  return oidc;
};

const tokenOf = async (clientId: string): Promise<string> => {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: SECRET }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
};

const outcome = async (bearer: string, more: object = {}): Promise<string> => {
  try {
    const credentials = { address: '127.0.0.1', bearer, cookie: undefined, certificate: undefined };
    const caller = (await open(more).authenticator(credentials)) as Caller;
    return `${caller.role}, recorded as ${JSON.stringify(caller.actor)}`;
  } catch (error) {
    if (isFailure(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
};

const report = (what: string, found: string, expected: RegExp): void => {
  console.log(`${what}\n  ${found}`);
  assert.match(found, expected);
};

/** Logs nora in as a browser would: the form of Keycloak, with its cookies. */
const login = async (): Promise<string> => {
  const { issuer: connection, roles } = open();
  const flow = browserLogin({ issuer: connection, roles, clientId: 'tandem-web', scope: 'openid profile', log });
  const { url, pending } = await flow.start(CALLBACK, '/ui/login');
  const form = await fetch(url);
  const cookie = form.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const action = /<form[^>]+action="([^"]+)"/.exec(await form.text())?.[1]?.replaceAll('&amp;', '&');
  assert(action !== undefined);
  const body = new URLSearchParams({ username: 'nora', password: PASSWORD, credentialId: '' });
  const answer = await fetch(action, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
  const location = answer.headers.get('location') ?? '';
  assert(location.startsWith(CALLBACK), `${answer.status} ${location}`);
  return JSON.stringify(await flow.finish(pending, new URL(location).search));
};

try {
  const [withAudience, withoutAudience] = [await tokenOf('with-audience'), await tokenOf('without-audience')];
  const claimed = (token: string) => {
    const { aud, azp, typ, sub } = decodeJwt(token);
    return JSON.stringify({ aud, azp, typ, hasSubject: sub !== undefined });
  };
  report('claims with an audience mapper', claimed(withAudience), /tandem-api/);
  report('claims without one', claimed(withoutAudience), /"azp":"without-audience"/);
  report('a token with the audience', await outcome(withAudience), /^operator/);
  report(
    'a token without it',
    await outcome(withoutAudience),
    /^UNAUTHENTICATED: The access token is valid, but not for/,
  );
  const accepted = { oidcAcceptAzp: ['without-audience'] };
  report('the same with OIDC_ACCEPT_AZP', await outcome(withoutAudience, accepted), /^operator/);
  report(
    'a token without a role',
    await outcome(await tokenOf('without-role')),
    /^FORBIDDEN: The token grants no role/,
  );
  report('a login, with a realm role and a role of the client', await login(), /"values":\[.*tandem-restorer/);
  console.log('as expected');
} finally {
  keycloak.stop();
}
