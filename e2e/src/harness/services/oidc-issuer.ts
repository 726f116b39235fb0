import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type ClientMetadata, Provider } from 'oidc-provider';

/** A real OpenID provider, in this process. Whoever logs in by a name with any password is that person. */
export type OidcIssuer = Awaited<ReturnType<typeof startOidcIssuer>>;

export const AUDIENCE = 'urn:tandem:api';
const SECRET = 'only-for-this-client';

export type OidcIssuerOptions = {
  /** Of clients and persons: what their tokens have in the claim `roles`. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
};

export const startOidcIssuer = async ({ roles }: OidcIssuerOptions) => {
  let redirectUrls: readonly string[] = [];
  let handler: RequestListener = (_request, response) => void response.writeHead(503).end();
  let keys: Keys = await newKeys('one');
  const server = createServer((request, response) => handler(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  /** Starts it again, with its state. */
  const serve = () => {
    handler = providerAt(url, keys, redirectUrls, roles).callback();
  };
  serve();

  const token = async (clientId: string): Promise<string> => {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: SECRET };
    const response = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(form) });
    const answer = (await response.json()) as { access_token?: string };
    if (answer.access_token === undefined) throw new Error(`No token for ${clientId}: ${JSON.stringify(answer)}`);
    return answer.access_token;
  };
  /** As the issuer would sign it. */
  const sign = (claims: JWTPayload, key: CryptoKey = keys.privateKey): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000);
    const all = {
      iss: url,
      aud: AUDIENCE,
      sub: 'someone',
      roles: ['tandem-admin'],
      iat: now,
      exp: now + 60,
      ...claims,
    };
    return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: keys.kid, typ: 'at+jwt' }).sign(key);
  };
  return {
    url,
    clientSecret: SECRET,
    token,
    sign,
    publicPem: () => exportSPKI(keys.publicKey),
    /** Where logins may lead back to. */
    allowRedirects: (...urls: readonly string[]) => {
      redirectUrls = urls;
      serve();
    },
    rotate: async () => {
      keys = await newKeys('two');
      serve();
    },
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
};

type Keys = {
  readonly kid: string;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
  readonly jwk: object;
};

const newKeys = async (kid: string): Promise<Keys> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, publicKey, privateKey, jwk: { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'RS256' } };
};

const service = (clientId: string): ClientMetadata => ({
  ...{ client_id: clientId, client_secret: SECRET, token_endpoint_auth_method: 'client_secret_post' },
  ...{ grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
});

const providerAt = (
  url: string,
  { jwk }: Keys,
  redirectUrls: readonly string[],
  roles: OidcIssuerOptions['roles'],
): Provider =>
  new Provider(url, {
    jwks: { keys: [jwk] },
    clients: [
      ...Object.keys(roles).map(service),
      {
        ...{ client_id: 'tandem-web', client_secret: SECRET, token_endpoint_auth_method: 'client_secret_post' },
        ...{
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: redirectUrls.length === 0 ? ['http://127.0.0.1:9/none'] : [...redirectUrls],
        },
      },
    ],
    cookies: { keys: ['only-for-this-test'] },
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, preferred_username: sub }) }),
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    // so that a name is in the ID token without a request of its own
    conformIdTokenClaims: false,
    extraTokenClaims: (_context, token) => {
      const subject = 'accountId' in token ? token.accountId : token.clientId;
      return { roles: roles[String(subject)] ?? [] };
    },
    ttl: { ClientCredentials: 60, AccessToken: 60, IdToken: 60, Interaction: 60, Session: 60, Grant: 60 },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // a client without our audience has another
        defaultResource: (_context, client) => (client?.clientId === 'elsewhere' ? 'urn:another:api' : AUDIENCE),
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          ...{ scope: '', audience: resource, accessTokenTTL: 60, accessTokenFormat: 'jwt' },
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
