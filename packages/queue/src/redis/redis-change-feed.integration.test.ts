import { expect, it } from 'vitest';
import { describeChangeFeed } from '../conformance/change-feed.ts';
import { openRedisChangeFeed } from './redis-change-feed.ts';
import { useRedisServer } from './redis-server.fixture.ts';

const server = useRedisServer();

const open = (errors: Error[] = []) =>
  openRedisChangeFeed({
    url: server.redis.url,
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
  await server.redis.kill();
  expect(() => publisher.announce(['lost'])).not.toThrow();
  await server.redis.start();
  while (!heard.includes('found')) {
    publisher.announce(['found']);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(errors.length).toBeGreaterThan(0);
  await Promise.all([publisher.close(), subscriber.close()]);
});
