import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from '@tandem/local-stack/part.ts';
import { startRedis } from '@tandem/local-stack/redis/redis.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';

/** A Redis for the tests of one file, and a client that may do everything on it. Both are there once the tests begin. */
export const useRedisServer = (): { readonly redis: Part; readonly admin: Redis } => {
  let directory: string;
  let redis: Part;
  let admin: Redis;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tandem-redis-'));
    redis = await startRedis({ directory, durable: false });
    admin = new Redis(redis.url, { maxRetriesPerRequest: null });
    admin.on('error', () => undefined);
  });

  afterAll(async () => {
    admin.disconnect();
    await redis.stop();
    await rm(directory, { recursive: true, force: true });
  });

  return {
    get redis() {
      return redis;
    },
    get admin() {
      return admin;
    },
  };
};
