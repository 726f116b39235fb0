import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Part } from '@tandem/local-stack/part.ts';
import { findPort } from '@tandem/local-stack/process/ports.ts';
import { startRedis, tellRedis } from '@tandem/local-stack/redis/redis.ts';
import { untilRedis } from '@tandem/local-stack/redis/until-redis.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBullmqQueue } from '../bullmq/bullmq-queue.ts';
import { openBullmqConsumer } from '../bullmq/bullmq-worker.ts';

/** One Redis, and a cluster of one node, that take TLS and ask for a password. */

const PASSWORD = 'canary-secret';
const run = promisify(execFile);
const started: Part[] = [];
let directory: string;
let caCertificate: string;
let ports: { readonly standalone: number; readonly cluster: number; readonly forKnownClients: number };

const makeCertificate = async (): Promise<{ readonly cert: string; readonly key: string }> => {
  const [cert, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  await run('openssl', ['req', '-x509', ...kind, ...names, '-days', '2', '-keyout', key, '-out', cert]);
  return { cert, key };
};

/** Answers the port for TLS; the other one is for the test itself. */
const startTls = async (name: string, settings: Readonly<Record<string, string>>): Promise<number> => {
  const port = await findPort([]);
  const part = await startRedis({
    directory: join(directory, name),
    durable: false,
    settings: { 'tls-auth-clients': 'no', ...settings, 'tls-port': String(port) },
  });
  started.push(part);
  if (name === 'cluster') {
    const all = Array.from({ length: 16_384 }, (_, slot) => slot);
    await tellRedis(part, `CLUSTER ADDSLOTS ${all.slice(0, 8_192).join(' ')}`);
    await tellRedis(part, `CLUSTER ADDSLOTS ${all.slice(8_192).join(' ')}`);
    await untilRedis('it takes commands', async () => (await tellRedis(part, 'CLUSTER INFO')).includes('state:ok'));
  }
  await tellRedis(part, `CONFIG SET requirepass ${PASSWORD}`);
  return port;
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tandem-redis-tls-'));
  const { cert, key } = await makeCertificate();
  caCertificate = await readFile(cert, 'utf8');
  const files = { 'tls-cert-file': cert, 'tls-key-file': key, 'tls-ca-cert-file': cert };
  ports = {
    standalone: await startTls('standalone', files),
    forKnownClients: await startTls('for-known-clients', { ...files, 'tls-auth-clients': 'yes' }),
    cluster: await startTls('cluster', {
      ...files,
      'cluster-enabled': 'yes',
      'cluster-announce-ip': '127.0.0.1',
      'cluster-port': String(await findPort([])),
      'tls-cluster': 'yes',
    }),
  };
});

afterAll(async () => {
  for (const part of started) await part.kill();
  await rm(directory, { recursive: true, force: true });
});

const settingsOf = (url: string, ca: string | undefined, errors: Error[]) => ({
  ...{ url, caCertificate: ca, connectTimeoutMs: 2_000, commandTimeoutMs: 2_000 },
  onError: (error: Error) => void errors.push(error),
});

const urlOf = { standalone: 'rediss://', cluster: 'rediss+cluster://' } as const;

it.each(['standalone', 'cluster'] as const)('queues and takes jobs by TLS with a password: %s', async (topology) => {
  const errors: Error[] = [];
  const url = `${urlOf[topology]}:${PASSWORD}@localhost:${ports[topology]}`;
  const settings = settingsOf(url, caCertificate, errors);
  const queue = openBullmqQueue(settings);
  const consumer = openBullmqConsumer({ ...settings, concurrency: 1, lockMs: 5_000, stalledCheckIntervalMs: 2_000 });
  const seen: string[] = [];
  consumer.start(async ({ operationId }) => {
    seen.push(operationId);
    return { next: 'done' };
  });
  await queue.enqueue([{ operationId: 'first', revision: 1 }]);
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual(['first']);
  expect(errors).toEqual([]);
  await consumer.stop(1_000);
  await queue.close();
});

it.each(['standalone', 'cluster'] as const)(
  'names REDIS_CA_FILE where the certificate is not trusted: %s',
  async (topology) => {
    const errors: Error[] = [];
    const url = `${urlOf[topology]}:${PASSWORD}@localhost:${ports[topology]}`;
    const queue = openBullmqQueue(settingsOf(url, undefined, errors));
    await expect(queue.health()).rejects.toThrow(/certificate.*REDIS_CA_FILE/);
    expect(String(errors)).not.toContain(PASSWORD);
    await queue.close();
  },
);

it('says what to set where Redis requires a client certificate', async () => {
  const queue = openBullmqQueue(
    settingsOf(`rediss://:${PASSWORD}@localhost:${ports.forKnownClients}`, caCertificate, []),
  );
  await expect(queue.health()).rejects.toThrow(/set tls-auth-clients to no or optional/);
  await queue.close();
});
