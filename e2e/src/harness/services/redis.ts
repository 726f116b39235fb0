import { Redis } from 'ioredis';

/** Runs some commands on a connection of their own. */
export const withRedis = async <T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> => {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  // the command rejects with it
  redis.on('error', () => undefined);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
};

/** What a FLUSHALL would take of this prefix, on a Redis that others use too. Answers how many keys there were. */
export const flushPrefix = (url: string, prefix: string): Promise<number> =>
  withRedis(url, async (redis) => {
    const keys = await redis.keys(`${prefix.replaceAll(/[[\]*?\\]/g, '\\$&')}*`);
    return keys.length === 0 ? 0 : redis.del(...keys);
  });
