import { once } from 'node:events';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { localCertificate, newAuthority } from '@tandem/local-stack/certificates.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { issuerFetch } from './issuer-fetch.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const listen = async (server: Server): Promise<string> => {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const plain = async (listener: RequestListener) => `http://${await listen(createPlainServer(listener))}`;

const get = (url: string, ca?: string) => issuerFetch(ca)(url, { method: 'GET', headers: {} });

describe('issuerFetch', () => {
  it('trusts a private authority only if it is given', async () => {
    const authority = await newAuthority();
    const { certificate: cert, key } = await localCertificate(authority);
    const url = `https://${await listen(createServer({ cert, key }, (_request, response) => response.end('{"a":1}')))}`;
    await expect(get(url)).rejects.toThrow(/certificate/);
    await expect(get(url, (await newAuthority()).certificate)).rejects.toThrow(/certificate/);
    expect(await (await get(url, authority.certificate)).json()).toEqual({ a: 1 });
  });

  it('sends forms, and returns status, headers and body', async () => {
    const url = await plain(async (request, response) => {
      response
        .setHeader('Content-Type', 'text/plain')
        .writeHead(201)
        .end(`${request.method} ${await text(request)}`);
    });
    const body = new URLSearchParams({ a: 'b c' });
    const response = await issuerFetch(undefined)(url, { method: 'POST', headers: { accept: 'x' }, body });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      201,
      'text/plain',
      'POST a=b+c',
    ]);
  });

  it('follows no redirect', async () => {
    const url = await plain((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end());
    expect((await get(url)).status).toBe(302);
  });

  it('rejects a response without an end, and one that does not come in time', async () => {
    const endless = await plain((_request, response) => {
      const more = () => {
        response.write('x'.repeat(100_000));
        if (!response.destroyed) setImmediate(more);
      };
      more();
    });
    await expect(get(endless)).rejects.toThrow('more than 1000000 bytes');
    const silent = await plain(() => undefined);
    const signal = AbortSignal.timeout(50);
    await expect(issuerFetch(undefined)(silent, { method: 'GET', headers: {}, signal })).rejects.toThrow(/abort/);
  });
});
