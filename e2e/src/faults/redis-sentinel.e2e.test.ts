import { type RedisSentinel, startRedisSentinel } from '@tandem/local-stack/redis/redis-sentinel.ts';
import { beforeAll, expect, it } from 'vitest';
import { withRedis } from '../harness/services/redis.ts';
import { useWorld } from '../harness/world.ts';
import { endsWith, ownFolder } from './own-servers.ts';
import { type AroundFault, startAround } from './redis-topology.ts';

const PASSWORD = 'canary-redis';
const SENTINEL_PASSWORD = 'canary-sentinel';

const world = useWorld({ apps: false });
let redis: RedisSentinel;
let expectNothingLost: AroundFault['expectNothingLost'];

beforeAll(async () => {
  const passwords = { password: PASSWORD, sentinelPassword: SENTINEL_PASSWORD };
  redis = await startRedisSentinel({ directory: ownFolder(world), ...passwords });
  for (const part of [redis.primary, redis.replica, ...redis.sentinels]) endsWith(world, part);
  ({ expectNothingLost } = await startAround(world, {
    REDIS_URL: redis.url,
    REDIS_SENTINEL_PASSWORD: SENTINEL_PASSWORD,
  }));
}, 180_000);

const role = async (url: string): Promise<unknown> => {
  const { host } = new URL(url);
  const [found] = (await withRedis(`redis://:${PASSWORD}@${host}`, (client) => client.role())) as unknown[];
  return found;
};

it.each<[string, () => Promise<unknown>]>([['froze', async () => redis.primary.signal('SIGSTOP')]])(
  'a primary that %s, and was replaced by its replica, loses nothing',
  async (how, fault) => {
    await expectNothingLost(how, fault);
    expect(await role(redis.replica.url)).toBe('master');
  },
);

it('a primary that comes back as a replica, and takes over again, loses nothing', async () => {
  redis.primary.signal('SIGCONT');
  await world.until(
    'the old primary is a replica',
    () => role(redis.primary.url),
    (found) => found === 'slave',
  );
  await expectNothingLost('back', async () => redis.replica.kill());
  expect(await role(redis.primary.url)).toBe('master');
});

it('shows no password', () => {
  expect(world.logs()).not.toContain('canary');
});
