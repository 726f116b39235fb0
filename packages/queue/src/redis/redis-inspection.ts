import type { RedisFacts } from '@tandem/shared/domain/doctor/facts.ts';
import type { QueueInspection } from '../inspection-port.ts';
import type { RedisClient, RedisSettings } from './redis-connection.ts';
import { refusedCommands } from './redis-permissions.ts';
import { openProducer } from './redis-producer.ts';
import { infoField } from './redis-warnings.ts';

const MICROSECONDS = 1_000;

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);

const flagOf = (text: string | undefined): boolean | undefined => (text === undefined ? undefined : text === '1');

/** From the INFO command. */
export const redisFactsIn = (info: string): Omit<RedisFacts, 'savePoints' | 'refusedCommands'> => {
  const microseconds = numberOf(infoField(info, 'server_time_usec'));
  return {
    version: infoField(info, 'redis_version'),
    role: infoField(info, 'role'),
    evictionPolicy: infoField(info, 'maxmemory_policy'),
    appendOnly: flagOf(infoField(info, 'aof_enabled')),
    usedBytes: numberOf(infoField(info, 'used_memory')),
    maxBytes: numberOf(infoField(info, 'maxmemory')),
    clock: microseconds === undefined ? undefined : new Date(microseconds / MICROSECONDS),
  };
};

/** Undefined: managed services refuse CONFIG. */
const savePointsOf = async (redis: RedisClient): Promise<string | undefined> => {
  const [, save] = (await redis.config('GET', 'save').catch(() => [])) as string[];
  return save;
};

/** INFO of the node that it is connected to; of a cluster, of one of them. */
export const openRedisInspection = (settings: RedisSettings): QueueInspection => {
  const { redis, bounded } = openProducer(settings);
  return {
    async inspect() {
      const [info, savePoints] = await bounded('inspect', () => Promise.all([redis.info(), savePointsOf(redis)]));
      // the clock was read before
      const refused = await refusedCommands(settings);
      return { ...redisFactsIn(info), savePoints, refusedCommands: refused };
    },
    async close() {
      redis.disconnect();
    },
  };
};
