import { once } from 'node:events';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ENGINE_KINDS, type EngineKind } from '@tandem/shared/domain/engine-kind.ts';
import { Failure } from '@tandem/shared/domain/failure/failure.ts';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import { connectKind } from '../failures/faults.fixture.ts';

const YEAR_MS = 31_536_000_000;

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

const certificateOf = (host: string, notAfterDate = new Date(Date.now() + YEAR_MS)) =>
  generate([{ name: 'commonName', value: host }], {
    ...{ notBeforeDate: new Date(Date.now() - YEAR_MS), notAfterDate, algorithm: 'sha256', keyType: 'ec' },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  });

type Certificate = Awaited<ReturnType<typeof certificateOf>>;

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

const tlsPort = ({ private: key, cert }: Certificate) => listen(createServer({ key, cert }));

const messageFrom = async (kind: EngineKind, url: string, caCertificate?: string): Promise<string> => {
  const engine = connectKind[kind]({ url, requestTimeoutMs: 5_000, masterTimeoutMs: 5_000, caCertificate });
  closings.push(() => engine.close());
  const failure: unknown = await engine.info().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect((failure as Failure).code).toBe('ENGINE_UNREACHABLE');
  return (failure as Failure).message;
};

describe.each(ENGINE_KINDS)('%s', (kind) => {
  describe('An engine whose TLS is not as configured', () => {
    it('names the setting for an authority that is not trusted', async () => {
      const port = await tlsPort(await certificateOf('localhost'));
      expect(await messageFrom(kind, `https://localhost:${port}`)).toMatch(
        /not trusted: name the file of its authority in ENGINE_CA_FILE \(info · self-signed certificate\)\.$/,
      );
    });

    it('says that the certificate is for another host, and can be closed then', async () => {
      const certificate = await certificateOf('elsewhere.example');
      const port = await tlsPort(certificate);
      expect(await messageFrom(kind, `https://localhost:${port}`, certificate.cert)).toMatch(
        /for other names: use one of them/,
      );
    });

    it('says that the certificate has expired', async () => {
      const certificate = await certificateOf('localhost', new Date(Date.now() - 1_000));
      const port = await tlsPort(certificate);
      expect(await messageFrom(kind, `https://localhost:${port}`, certificate.cert)).toMatch(/has expired: renew it/);
    });

    it('recognises https to a port that does not speak it', async () => {
      const port = await listen(createPlainServer((_, response) => response.end('{}')));
      const message = await messageFrom(kind, `https://localhost:${port}`);
      expect(message).toMatch(/does not speak TLS: begin the URL with http:\/\//);
      expect(message).toMatch(/\(info · SSL routines: wrong version number\)\.$/);
    });

    it('recognises http to a port that speaks TLS', async () => {
      const port = await tlsPort(await certificateOf('localhost'));
      expect(await messageFrom(kind, `http://localhost:${port}`)).toMatch(/speaks TLS, begin the URL with https:\/\//);
    });
  });
});
