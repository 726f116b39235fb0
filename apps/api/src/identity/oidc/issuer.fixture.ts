import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';

/** An issuer on a loopback port, whose keys and claims a test decides. */
export type LocalIssuer = Awaited<ReturnType<typeof startIssuer>>;

export const startIssuer = async () => {
  let pair = await keyPair('first');
  let published: readonly JWK[] = [pair.publicJwk];
  let isDown = false;
  const requests: string[] = [];
  const answers: Readonly<Record<string, () => unknown>> = {
    '/.well-known/openid-configuration': () => ({
      issuer: url,
      jwks_uri: `${url}/keys`,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${url}/token`,
    }),
    '/keys': () => ({ keys: published }),
  };
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const answer = answers[path];
    if (isDown || answer === undefined) return void response.writeHead(isDown ? 503 : 404).end();
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer()));
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const sign = (claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}, key: CryptoKey = pair.privateKey) => {
    const now = Math.floor(Date.now() / 1_000);
    const all = { iss: url, aud: 'tandem-api', sub: 'subject-1', iat: now, exp: now + 300, ...claims };
    return new SignJWT(all).setProtectedHeader({ alg: 'ES256', kid: pair.kid, typ: 'JWT', ...header }).sign(key);
  };
  return {
    url,
    requests,
    sign,
    publicPem: () => exportSPKI(pair.publicKey),
    /** Signs with a new key from now on; whether the old one stays published. */
    rotate: async (kid: string, keepOld: boolean) => {
      const old = published;
      pair = await keyPair(kid);
      published = keepOld ? [...old, pair.publicJwk] : [pair.publicJwk];
    },
    setDown: (down: boolean) => {
      isDown = down;
    },
    stop: () => server.close(),
  };
};

const keyPair = async (kid: string) => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return { kid, publicKey, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' } };
};
