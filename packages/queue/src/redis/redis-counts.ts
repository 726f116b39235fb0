import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { SharedCounts } from '../counts-port.ts';
import { prefixOf, type RedisSettings } from './redis-connection.ts';
import { openProducer } from './redis-producer.ts';

const MINUTE_S = 60;

/** As the library's own script, with commands that the documented ACL rule already permits (docs/operations.md). */
const ADD = `
local ttl = redis.call('pttl', KEYS[1])
local count = tonumber(ARGV[1])
if ttl > 0 then
  count = count + tonumber(redis.call('get', KEYS[1]))
else
  ttl = tonumber(ARGV[2]) * 1000
end
redis.call('set', KEYS[1], count, 'PX', ttl)
return {count, ttl}`;

/** In keys `{prefix}:counts:…`, apart from BullMQ's; each expires with its window. */
export const openRedisCounts = (settings: RedisSettings): SharedCounts => {
  const { redis, bounded } = openProducer(settings);
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `${prefixOf(settings)}:counts`,
    points: Number.MAX_SAFE_INTEGER,
    duration: MINUTE_S,
    customIncrTtlLuaScript: ADD,
  });

  return {
    async add(key, amount) {
      const { consumedPoints, msBeforeNext } = await bounded('count', () => limiter.penalty(key, amount));
      return { count: consumedPoints, endsInMs: msBeforeNext };
    },
    async close() {
      redis.disconnect();
    },
  };
};
