import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import {
  type Certificate,
  clientCertificate,
  localCertificate,
  newAuthority,
} from '@tandem/local-stack/certificates.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateAuthenticator } from '../../identity/certificate-authenticator.ts';
import { limitedServer } from '../connections.ts';
import { alternativeNamesIn, clientCertificateOf, distinguishedName } from './client-certificates.ts';
import type { TlsFiles } from './server-tls.ts';

const mapping = {
  viewer: ['DNS:viewer.example.com'],
  operator: ['CN=backup-ci,OU=platform,O=Example'],
  restorer: ['URI:spiffe://example/restore'],
  admin: [],
};

let authority: Certificate;
let other: Certificate;
let server: ReturnType<typeof limitedServer>;
let files: TlsFiles;
let replace: (files: TlsFiles) => void;
const named = (value: string) => [
  { shortName: 'O' as const, value: 'Example' },
  { shortName: 'OU' as const, value: 'platform' },
  { shortName: 'CN' as const, value },
];

beforeAll(async () => {
  [authority, other] = await Promise.all([newAuthority(), newAuthority()]);
  const { certificate, key } = await localCertificate(authority);
  files = { certificate, key, clientCa: authority.certificate };
  const authenticate = certificateAuthenticator(mapping);
  server = limitedServer(
    async (request_, response) => {
      const caller = await authenticate({
        ...{ address: '127.0.0.1', bearer: undefined, cookie: undefined },
        certificate: clientCertificateOf(request_.socket),
      }).catch((error: unknown) => (isFailure(error) ? { refused: error.code } : { broken: String(error) }));
      response.end(JSON.stringify(caller ?? null));
    },
    {
      ...{ routes: [], requestTimeoutMs: 15_000, keepAliveMs: 65_000 },
      draining: new AbortController().signal,
      stopping: new AbortController().signal,
      tls: {
        current: () => files,
        onReplaced: (listener) => {
          replace = (next) => {
            files = next;
            listener(next);
          };
        },
        close: () => undefined,
      },
    },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => void server.close().closeAllConnections());

const port = () => (server.address() as AddressInfo).port;
const call = async (client?: Certificate, more: RequestOptions = {}): Promise<Record<string, unknown> | null> => {
  const sent = request({
    ...{ host: 'localhost', port: port(), path: '/', ca: authority.certificate, agent: false },
    ...(client === undefined ? {} : { cert: client.certificate, key: client.key }),
    ...more,
  }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return JSON.parse(await text(response));
};

describe('a client certificate', () => {
  it('is requested, not required', async () => expect(await call()).toBeNull());

  it('grants the role of its subject, as RFC 4514 writes it', async () =>
    expect(await call(await clientCertificate(authority, { subject: named('backup-ci') }))).toEqual({
      actor: {
        kind: 'certificate',
        id: 'CN=backup-ci,OU=platform,O=Example',
        name: 'backup-ci',
        address: '127.0.0.1',
      },
      role: 'operator',
    }));

  it.each([
    ['DNS', { dns: 'viewer.example.com' }, 'viewer'],
    ['URI', { uri: 'spiffe://example/restore' }, 'restorer'],
    ['strongest', { dns: 'viewer.example.com', uri: 'spiffe://example/restore' }, 'restorer'],
  ])('grants the role of an alternative name: %s', async (_, names, role) =>
    expect(await call(await clientCertificate(authority, { subject: named('any'), ...names }))).toMatchObject({ role }),
  );

  it('without a role is forbidden', async () =>
    expect(await call(await clientCertificate(authority, { subject: named('nobody') }))).toEqual({
      refused: 'FORBIDDEN',
    }));

  it('of another authority is not anonymous', async () =>
    expect(await call(await clientCertificate(other, { subject: named('backup-ci') }))).toEqual({
      refused: 'UNAUTHENTICATED',
    }));

  it('that has expired is refused', async () => {
    const notAfterDate = new Date(Date.now() - 3_600_000);
    const expired = await clientCertificate(authority, { subject: named('backup-ci'), notAfterDate });
    expect(await call(expired)).toEqual({ refused: 'UNAUTHENTICATED' });
  });

  it('that is only for servers is refused', async () => {
    const server_ = await clientCertificate(authority, { subject: named('backup-ci'), usage: { serverAuth: true } });
    expect(await call(server_)).toEqual({ refused: 'UNAUTHENTICATED' });
  });

  it('is refused on an open connection too, once its authority is gone', async () => {
    const client = await clientCertificate(authority, { subject: named('backup-ci') });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await call(client, { agent })).toMatchObject({ role: 'operator' });
    const before = files;
    // not through the server, which would close the idle connection
    files = { ...before, clientCa: other.certificate };
    expect(await call(client, { agent })).toEqual({ refused: 'UNAUTHENTICATED' });
    files = before;
    expect(await call(client, { agent })).toMatchObject({ role: 'operator' });
    agent.destroy();
  });

  it('is checked against the authorities that replaced those of the start', async () => {
    const client = await clientCertificate(other, { subject: named('backup-ci') });
    const before = files;
    replace({ ...before, clientCa: other.certificate });
    expect(await call(client)).toMatchObject({ role: 'operator' });
    replace(before);
    expect(await call(client)).toEqual({ refused: 'UNAUTHENTICATED' });
  });
});

describe('the server', () => {
  it('shows the certificate that replaced that of the start', async () => {
    const before = files;
    const { certificate, key } = await localCertificate(other);
    replace({ ...before, certificate, key });
    await expect(call()).rejects.toThrow(/certificate/);
    expect(await call(undefined, { ca: other.certificate })).toBeNull();
    replace(before);
    expect(await call()).toBeNull();
  });

  it('refuses TLS 1.1', async () => {
    const socket = connect({
      port: port(),
      host: 'localhost',
      ca: authority.certificate,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1.1',
    });
    const [error] = await once(socket, 'error');
    expect(String(error)).toMatch(/version|protocol/i);
  });

  it('closes connections that do not speak TLS, and goes on', async () => {
    await expect(fetch(`http://127.0.0.1:${port()}/`)).rejects.toThrow();
    expect(await call()).toBeNull();
  });
});

describe('names in a certificate', () => {
  it.each([
    ['C=DE\nO=Example\nCN=ci', 'CN=ci,O=Example,C=DE'],
    ['C=DE\nOU=a + CN=ci', 'CN=ci+OU=a,C=DE'],
    ['C=DE\nO=Ex\\, ample \\"q\\"', 'O=Ex\\, ample \\"q\\",C=DE'],
    ['O=A \\+ B\nCN=x', 'CN=x,O=A \\+ B'],
    ['', ''],
  ])('%j is %s', (subject, name) => expect(distinguishedName(subject)).toBe(name));

  it.each([
    ['DNS:a.example, URI:spiffe://b/c, IP Address:10.0.0.1', ['DNS:a.example', 'URI:spiffe://b/c', 'IP:10.0.0.1']],
    [
      'URI:"http://a.example/?q=\\u002C DNS:admin.example", email:c@d',
      ['URI:http://a.example/?q=, DNS:admin.example', 'email:c@d'],
    ],
    ['', []],
  ])('%j are %j', (text_, names) => expect(alternativeNamesIn(text_)).toEqual(names));
});
