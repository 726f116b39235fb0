import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from '@tandem/local-stack/part.ts';
import { startRedis } from '@tandem/local-stack/redis/redis.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeChangeFeed } from '../conformance/change-feed.ts';
import { openRedisChangeFeed } from './redis-change-feed.ts';

let directory: string;
let redis: Part;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tandem-feed-'));
  redis = await startRedis({ directory, durable: false });
});

afterAll(async () => {
  await redis.stop();
  await rm(directory, { recursive: true, force: true });
});

const open = (errors: Error[] = []) =>
  openRedisChangeFeed({
    url: redis.url,
    connectTimeoutMs: 1_000,
    commandTimeoutMs: 1_000,
    onError: (error) => errors.push(error),
  });

describeChangeFeed('the feed over Redis', async () => ({ publisher: open(), subscriber: open() }));

it('costs a caller nothing while Redis is away, and is heard again when it is back', async () => {
  const errors: Error[] = [];
  const [publisher, subscriber] = [open(errors), open()];
  const heard: string[] = [];
  subscriber.listen((ids) => heard.push(...ids));
  await redis.kill();
  expect(() => publisher.announce(['lost'])).not.toThrow();
  await redis.start();
  while (!heard.includes('found')) {
    publisher.announce(['found']);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(errors.length).toBeGreaterThan(0);
  await Promise.all([publisher.close(), subscriber.close()]);
});
