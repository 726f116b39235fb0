/** What Tandem's documentation tells to set up, and the same without an audience mapper. */

export const REALM = 'platform';
export const AUDIENCE = 'tandem-api';
export const SECRET = 'only-for-this-realm';
export const PASSWORD = 'only-for-this-person';

const audienceMapper = {
  name: 'audience of Tandem',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-audience-mapper',
  config: { 'included.custom.audience': AUDIENCE, 'access.token.claim': 'true', 'id.token.claim': 'false' },
};

const client = (clientId: string, more: object) => ({
  ...{ clientId, secret: SECRET, enabled: true, publicClient: false, standardFlowEnabled: false },
  ...more,
});

const service = (clientId: string, more: object = {}) => client(clientId, { serviceAccountsEnabled: true, ...more });

const serviceAccount = (clientId: string, roles: object) => ({
  ...{ username: `service-account-${clientId}`, enabled: true, serviceAccountClientId: clientId },
  ...roles,
});

/** `redirectUrl`: of the login in a browser. */
export const realm = (redirectUrl: string) => ({
  realm: REALM,
  enabled: true,
  roles: {
    realm: [{ name: 'tandem-operator' }, { name: 'tandem-viewer' }],
    client: { 'tandem-web': [{ name: 'tandem-restorer' }] },
  },
  clients: [
    client('tandem-web', { standardFlowEnabled: true, redirectUris: [redirectUrl], protocolMappers: [audienceMapper] }),
    service('with-audience', { protocolMappers: [audienceMapper] }),
    service('without-audience'),
    service('without-role', { protocolMappers: [audienceMapper] }),
  ],
  users: [
    {
      ...{ username: 'nora', enabled: true, email: 'nora@example.com', firstName: 'Nora', lastName: 'Example' },
      credentials: [{ type: 'password', value: PASSWORD }],
      ...{ realmRoles: ['tandem-viewer'], clientRoles: { 'tandem-web': ['tandem-restorer'] } },
    },
    serviceAccount('with-audience', { realmRoles: ['tandem-operator'] }),
    serviceAccount('without-audience', { realmRoles: ['tandem-operator'] }),
    serviceAccount('without-role', { realmRoles: [] }),
  ],
});
