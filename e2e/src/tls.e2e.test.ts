import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  type Certificate,
  clientCertificate,
  localCertificate,
  newAuthority,
} from '@tandem/local-stack/certificates.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppProcess } from './harness/app-process.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ apps: false });
const folder = mkdtempSync(join(tmpdir(), 'tandem-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let authority: Certificate;
let other: Certificate;
let api: AppProcess;
let port: number;

const named = (value: string) => [{ shortName: 'CN' as const, value }];
/** As Kubernetes mounts a secret: the files are links into a folder that is replaced. */
let versions = 0;
const mount = ({ certificate, key }: Certificate, ca: string): void => {
  versions += 1;
  const version = mkdtempSync(join(folder, `version-${versions}-`));
  writeFileSync(join(version, 'tls.crt'), certificate);
  writeFileSync(join(version, 'tls.key'), key);
  writeFileSync(join(version, 'ca.crt'), ca);
  symlinkSync(version, join(folder, '..data.new'));
  renameSync(join(folder, '..data.new'), join(folder, '..data'));
};
const settings = () => ({
  TLS_CERT_FILE: join(folder, '..data', 'tls.crt'),
  TLS_KEY_FILE: join(folder, '..data', 'tls.key'),
  TLS_CLIENT_CA_FILE: join(folder, '..data', 'ca.crt'),
  ROLE_MAPPING: 'operator=CN=backup-ci;viewer=DNS:monitoring.example.com',
});

const call = async (
  path: string,
  client?: Certificate,
  ca = authority.certificate,
  init: { method?: string; body?: string } = {},
) => {
  const sent = request({
    ...{ host: 'localhost', port, path, ca, agent: false, method: init.method ?? 'GET' },
    headers: init.body === undefined ? {} : { 'content-type': 'application/json' },
    ...(client === undefined ? {} : { cert: client.certificate, key: client.key }),
  }).end(init.body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
};

beforeAll(async () => {
  [authority, other] = await Promise.all([newAuthority(), newAuthority()]);
  mount(await localCertificate(authority), authority.certificate);
  api = await world.startApi(settings());
  port = Number(new URL((api as AppProcess & { address: string }).address).port);
});

it('serves https, health without credentials and everything else to client certificates with a role', async () => {
  expect((api as AppProcess & { address: string }).address).toMatch(/^https:/);
  const ci = await clientCertificate(authority, { subject: named('backup-ci') });
  expect((await call('/actuator/health')).status).toBe(200);
  expect((await call('/api/v1/backups')).status).toBe(401);
  expect((await call('/api/v1/backups', ci)).status).toBe(200);
  const body = JSON.stringify({ backupId: 'by-certificate' });
  expect((await call('/api/v1/backups', ci, authority.certificate, { method: 'POST', body })).status).toBe(202);
  const [event] = await world.events('by-certificate');
  expect(event?.actor).toEqual({ kind: 'certificate', id: 'CN=backup-ci', name: 'backup-ci', address: '127.0.0.1' });
  const monitoring = await clientCertificate(authority, { subject: named('x'), dns: 'monitoring.example.com' });
  expect((await call('/api/v1/backups', monitoring)).status).toBe(200);
  expect((await call('/api/v1/backups', monitoring, authority.certificate, { method: 'POST', body })).status).toBe(403);
  expect((await call('/api/v1/backups', await clientCertificate(other, { subject: named('backup-ci') }))).status).toBe(
    401,
  );
});

it('keeps its certificate while the new one cannot be used, and uses the one after it without a restart', async () => {
  const [mine, theirs] = await Promise.all([localCertificate(other), localCertificate(other)]);
  mount({ certificate: mine.certificate, key: theirs.key }, authority.certificate);
  await world.until(
    'the log says why',
    () => api.output(),
    (output) => output.includes('TLS files cannot be used'),
  );
  expect(api.output()).toContain('the key does not belong to the first certificate');
  expect((await call('/actuator/health')).status).toBe(200);
  mount(mine, other.certificate);
  await world.until(
    'the files are used',
    () => api.output(),
    (output) => output.includes('TLS files replaced'),
  );
  await expect(call('/actuator/health')).rejects.toThrow(/certificate/);
  expect((await call('/actuator/health', undefined, other.certificate)).status).toBe(200);
  const ci = await clientCertificate(other, { subject: named('backup-ci') });
  expect((await call('/api/v1/backups', ci, other.certificate)).status).toBe(200);
});

it('does not start with files that do not fit together', async () => {
  const mine = await localCertificate(authority);
  mount({ certificate: mine.certificate, key: (await localCertificate(authority)).key }, authority.certificate);
  const refused = world.startProgram('api', world.environment(settings()));
  expect(await refused.exited).toEqual({ code: 2, signal: null });
  expect(refused.errors()).toContain('TLS_KEY_FILE: the key does not belong to the first certificate in TLS_CERT_FILE');
});
