import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBullmqQueue } from '../bullmq/bullmq-queue.ts';
import type { OwnerStore } from '../owner-port.ts';
import { openRedisOwner } from './redis-owner.ts';
import { useRedisServer } from './redis-server.fixture.ts';

const server = useRedisServer();
let owner: OwnerStore;

const settings = (prefix = '{owned}') => ({
  ...{ url: server.redis.url, prefix, connectTimeoutMs: 1_000, commandTimeoutMs: 1_000 },
  onError: () => undefined,
});

beforeEach(async () => {
  await server.admin.flushall();
  owner = openRedisOwner(settings());
});

afterEach(() => owner.close());

it('gives the keys to the first history that claims them', async () => {
  const another = openRedisOwner(settings());
  const ids = ['one', 'two', 'three', 'four'];
  const claims = await Promise.all(ids.map((id, nth) => (nth % 2 === 0 ? owner : another).claim(id)));
  expect(new Set(claims).size).toBe(1);
  expect(await another.claim('five')).toBe(claims[0]);
  await another.close();
});

it('reports no owner before the first claim, and the owner after it', async () => {
  expect(await owner.read()).toBeUndefined();
  await owner.claim('one');
  expect(await owner.read()).toBe('one');
});

it('changes hands by an adoption only', async () => {
  await owner.claim('one');
  await owner.adopt('two');
  expect(await owner.claim('one')).toBe('two');
  expect(await owner.claim('two')).toBe('two');
});

it('is claimed again after FLUSHALL', async () => {
  await owner.claim('one');
  await server.admin.flushall();
  expect(await owner.claim('two')).toBe('two');
});

it('counts below one prefix, apart from the keys of the queue', async () => {
  const other = openRedisOwner(settings('{other}'));
  const queue = openBullmqQueue(settings());
  await owner.claim('one');
  expect(await other.claim('two')).toBe('two');
  await queue.enqueue([{ operationId: 'a', revision: 1 }]);
  expect(await queue.health()).toMatchObject({ waiting: 1 });
  expect(await server.admin.get('{owned}:history')).toBe('one');
  await Promise.all([other.close(), queue.close()]);
});

it('rejects within its time while Redis is away', async () => {
  await server.redis.kill();
  await expect(owner.claim('one')).rejects.toThrow(/no answer within 1000 ms/);
  await server.redis.start();
  await expect.poll(() => owner.claim('one').catch(() => undefined), { timeout: 20_000 }).toBe('one');
});
