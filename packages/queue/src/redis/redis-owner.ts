import type { OwnerStore } from '../owner-port.ts';
import { prefixOf, type RedisSettings } from './redis-connection.ts';
import { openProducer } from './redis-producer.ts';

/** In a key `{prefix}:history`, apart from BullMQ's. */
export const openRedisOwner = (settings: RedisSettings): OwnerStore => {
  const key = `${prefixOf(settings)}:history`;
  const { redis, bounded } = openProducer(settings);

  const claim = async (historyId: string): Promise<string> => {
    if ((await redis.set(key, historyId, 'NX')) !== null) return historyId;
    // gone since: the next claim sets it
    return (await redis.get(key)) ?? historyId;
  };

  return {
    claim: (historyId) => bounded('claim keys', () => claim(historyId)),
    async read() {
      return (await bounded('read owner', () => redis.get(key))) ?? undefined;
    },
    async adopt(historyId) {
      await bounded('adopt keys', () => redis.set(key, historyId));
    },
    async close() {
      redis.disconnect();
    },
  };
};
