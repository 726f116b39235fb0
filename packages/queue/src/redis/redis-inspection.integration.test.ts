import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from '@tandem/local-stack/part.ts';
import { startRedis } from '@tandem/local-stack/redis/redis.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInspection } from '../conformance/inspection.ts';
import { openRedisInspection } from './redis-inspection.ts';

let directory: string;
let redis: Part;
let admin: Redis;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tandem-inspection-'));
  redis = await startRedis({ directory, durable: false });
  admin = new Redis(redis.url, { maxRetriesPerRequest: null });
  admin.on('error', () => undefined);
});

afterAll(async () => {
  admin.disconnect();
  await redis.stop();
  await rm(directory, { recursive: true, force: true });
});

const settingsFor = (url = redis.url) => ({
  ...{ url, prefix: '{inspected}', connectTimeoutMs: 1_000, commandTimeoutMs: 1_000 },
  onError: () => undefined,
});

describeInspection('Redis', async () => openRedisInspection(settingsFor()));

it('reports another policy, and writes nothing', async () => {
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
  const inspection = openRedisInspection(settingsFor());
  expect(await inspection.inspect()).toMatchObject({ evictionPolicy: 'allkeys-lru' });
  expect(await admin.dbsize()).toBe(0);
  await inspection.close();
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
});

it('reports what the user may not do, and nothing of what CONFIG would show', async () => {
  await admin.acl(
    'SETUSER',
    'limited',
    'on',
    '>limited-password',
    '~{inspected}*',
    '&*',
    '+@all',
    '-config',
    '-zpopmin',
  );
  const url = new URL(redis.url);
  url.username = 'limited';
  url.password = 'limited-password';
  const inspection = openRedisInspection(settingsFor(url.href));
  expect(await inspection.inspect()).toMatchObject({
    savePoints: undefined,
    refusedCommands: [{ command: 'zpopmin', reason: expect.stringMatching(/^NOPERM/) }],
  });
  await inspection.close();
});

it('rejects within its time, without the password, where nothing answers', async () => {
  const inspection = openRedisInspection(settingsFor('redis://user:secret-word@127.0.0.1:1/0'));
  const error: unknown = await inspection.inspect().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).not.toContain('secret-word');
  await inspection.close();
});
