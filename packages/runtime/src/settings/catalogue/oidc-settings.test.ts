import { describe, expect, it } from 'vitest';
import { readSettings } from '../read-settings.ts';

const required = {
  DATABASE_URL: 'postgresql://db/tandem',
  ELASTICSEARCH_URL: 'http://127.0.0.1:9200',
  REDIS_URL: 'redis://redis',
};

const KEY = 'k'.repeat(32);
const files: Readonly<Record<string, string>> = { key: `${KEY}\n`, keys: `${KEY}\n${KEY}\n`, short: 'short', yaml: '' };

const read = (environment: Readonly<Record<string, string>>, yaml = '') =>
  readSettings({
    environment: { ...required, ...environment, ...(yaml === '' ? {} : { TANDEM_CONFIG: 'yaml' }) },
    arguments: [],
    readFile: (path) => (path === 'yaml' ? yaml : (files[path] ?? '')),
  }).settings;

const issuer = { OIDC_ISSUER: 'https://sso.example.com/realms/platform', OIDC_AUDIENCE: 'tandem-api' };

describe('settings of OIDC', () => {
  it.each([
    'https://sso.example.com/realms/platform',
    'https://tenant.example.com/',
    'http://127.0.0.1:8080/realms/a',
    'http://localhost:8080',
    'http://[::1]:8080',
  ])('keeps the issuer %s as it is', (url) => expect(read({ ...issuer, OIDC_ISSUER: url }).oidcIssuer).toBe(url));

  it.each([
    [{ OIDC_ISSUER: 'http://sso.example.com' }, 'must begin with https://'],
    [{ OIDC_ISSUER: 'http://127.0.0.1.example.com' }, 'must begin with https://'],
    [{ OIDC_ISSUER: 'https://a:b@sso.example.com' }, 'must consist of scheme, host, port and path only'],
    [{ OIDC_ISSUER: 'https://sso.example.com?x=1' }, 'must consist of scheme, host, port and path only'],
    [{ OIDC_ACCEPT_AZP: 'ci,,web' }, 'must be client ids, separated by commas'],
    [{ OIDC_ROLE_CLAIMS: 'groups,' }, 'must be paths of claims, separated by commas'],
    [{ OIDC_ROLE_CLAIMS: 'a.b.c.d.e.f.g.h.i' }, 'at most 8 names'],
    [{ OIDC_SCOPE: 'profile' }, 'one of them openid'],
    [{ ROLE_MAPPING: 'root=a' }, 'ROLE_MAPPING: must name roles that exist'],
    [{ OIDC_CLIENT_SECRET: 'hidden-secret' }, 'OIDC_CLIENT_ID must be set as well'],
    [{ SESSION_KEY_FILE: 'short' }, 'no key of 32 characters or more'],
    [{ OIDC_ISSUER: 'http://localhost:1', OIDC_CA_FILE: 'short' }, 'OIDC_CA_FILE is set: OIDC_ISSUER must begin'],
    [{ OIDC_CA_FILE: 'short' }, 'OIDC_CA_FILE: the file contains no certificate'],
  ])('refuses %j', (environment, problem) => expect(() => read({ ...issuer, ...environment })).toThrow(problem));

  it('refuses an issuer whose tokens nobody could use, and settings without an issuer', () => {
    expect(() => read({ OIDC_ISSUER: 'https://sso.example.com' })).toThrow('no token would be accepted');
    expect(() => read({ OIDC_AUDIENCE: 'a' })).toThrow('OIDC_ISSUER must be set as well: without it OIDC_AUDIENCE has');
  });

  it('reads lists', () => {
    const settings = read({
      ...issuer,
      OIDC_ACCEPT_AZP: 'ci, web',
      OIDC_ROLE_CLAIMS: 'https://example.com/roles, groups',
    });
    expect(settings.oidcAcceptAzp).toEqual(['ci', 'web']);
    expect(settings.oidcRoleClaims).toEqual(['https://example.com/roles', 'groups']);
  });

  it('maps roles by their own names unless told otherwise, and from YAML by a mapping of lists', () => {
    expect(read({}).roleMapping).toEqual({
      viewer: ['tandem-viewer'],
      operator: ['tandem-operator'],
      restorer: ['tandem-restorer'],
      admin: ['tandem-admin'],
    });
    expect(
      read({}, 'auth: { roleMapping: { admin: [platform, "CN=root,O=Example"], viewer: all } }').roleMapping,
    ).toEqual({
      viewer: ['all'],
      operator: [],
      restorer: [],
      admin: ['platform', 'CN=root,O=Example'],
    });
  });

  it.each(['key', 'keys'])('reads the session keys of the file "%s"', (file) =>
    expect(read({ SESSION_KEY_FILE: file }).sessionKeys).toBe(files[file]),
  );
});
