import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import {
  type Certificate,
  clientCertificate,
  localCertificate,
  newAuthority,
} from '@tandem/local-stack/certificates.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../client.fixture.ts';
import { createClient } from '../client.ts';
import { NetworkError } from '../network-error.ts';
import { nodeFetch } from './node-fetch.ts';

let authority: Certificate;
let server: Certificate;
let own: Certificate;
beforeAll(async () => {
  authority = await newAuthority();
  server = await localCertificate(authority);
  own = await clientCertificate(authority, { subject: [{ shortName: 'CN', value: 'backup-ci' }] });
});

const closings: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closings) await close();
});

/** A server with TLS that replies with the name on the client's certificate. */
const startTls = async (options: ServerOptions = {}): Promise<string> => {
  const tls = createServer({ cert: server.certificate, key: server.key, ...options }, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate();
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ historyId: subject?.CN ?? 'nobody' }));
  }).listen(0, '127.0.0.1');
  await once(tls, 'listening');
  closings.push(() => {
    tls.closeAllConnections();
    tls.close();
  });
  return `https://127.0.0.1:${(tls.address() as AddressInfo).port}`;
};

const historyId = async (url: string, options: Parameters<typeof nodeFetch>[0]): Promise<unknown> => {
  const fetch = nodeFetch(options);
  closings.push(fetch.close);
  const client = createClient({ url, fetch, retry: { retries: 0 } });
  const read = client.get('/api/v1/history').then((body) => body.historyId);
  return read.catch((error: unknown) => error);
};

describe('a client in Node', () => {
  it('trusts a private CA', async () => {
    expect(await historyId(await startTls(), { ca: authority.certificate })).toBe('nobody');
  });

  it('shows its certificate', async () => {
    const url = await startTls({ ca: authority.certificate, requestCert: true, rejectUnauthorized: true });
    const options = { ca: authority.certificate, cert: own.certificate, key: own.key };
    expect(await historyId(url, options)).toBe('backup-ci');
  });

  it('fails with what is wrong about the certificate of the server', async () => {
    const error = await historyId(await startTls(), {});
    expect(error).toMatchObject({ problem: 'tls', mayHaveArrived: false });
    expect((error as Error).message).toMatch(/^No secure connection to https:.*certificate.* Check the URL, the CA/);
  });

  it('fails where the server requires a certificate', async () => {
    const url = await startTls({ ca: authority.certificate, requestCert: true, rejectUnauthorized: true });
    // with TLS 1.3 the handshake is over by then, and the server only hangs up
    expect(await historyId(url, { ca: authority.certificate })).toBeInstanceOf(NetworkError);
  });

  it('fails where the server does not speak TLS', async () => {
    await using plain = await startServer();
    expect(await historyId(plain.url.replace('http:', 'https:'), {})).toMatchObject({ problem: 'tls' });
  });

  it('refuses a text that is no certificate, before any request', () => {
    expect(() => nodeFetch({ cert: 'no certificate', key: own.key })).toThrow();
    expect(() => nodeFetch({ ca: '-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----' })).toThrow();
    expect(() => nodeFetch({ ca: [authority.certificate, 'ca.pem'] })).toThrow('The CA has no PEM certificate.');
  });

  it('sends a body, and does not follow redirects', async () => {
    await using plain = await startServer({ status: 307, headers: { Location: '/elsewhere' } });
    const client = createClient({ url: plain.url, fetch: nodeFetch() });
    const error = await client.post('/api/v1/backups', { body: { backupId: 'a' } }).catch((one: unknown) => one);
    expect(error).toMatchObject({ status: 307 });
    expect(plain.received.map(({ path, body }) => [path, body])).toEqual([['/api/v1/backups', '{"backupId":"a"}']]);
  });

  it('ends with the signal of the request', async () => {
    await using plain = await startServer({ instead: 'silence' });
    const signal = AbortSignal.timeout(50);
    const request = createClient({ url: plain.url, fetch: nodeFetch() }).get('/api/v1/history', { signal });
    await expect(request).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
