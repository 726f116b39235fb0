import type { Redis } from 'ioredis';
import { openRedis, producerOptions, type RedisSettings, sparingly, withoutCommand } from './redis-connection.ts';
import { readiness } from './redis-readiness.ts';
import { withinMs } from './time-limit.ts';

export type RedisProducer = {
  readonly redis: Redis;
  /** Where errors outside a call go. */
  readonly report: (error: Error) => void;
  /**
   * Waits for Redis and for what `work` comes to, `commandTimeoutMs` together; rejects after that, never with a password. Work that waited for
   * Redis in vain is not sent when Redis comes back: the caller no longer counts on it.
   */
  readonly bounded: <T>(what: string, work: () => Promise<T>) => Promise<T>;
};

/** For callers that must not wait. Connects at once, and never rejects because Redis is away at start. */
export const openProducer = (settings: RedisSettings): RedisProducer => {
  const report = sparingly(settings.onError);
  const redis = openRedis(producerOptions(settings), report);
  const ready = readiness(redis);
  return {
    redis,
    report,
    bounded: (what, work) =>
      withinMs(settings.commandTimeoutMs, `Redis, ${what}`, async (isLate) => {
        await ready();
        if (isLate()) throw new Error('too late');
        return work();
      }).catch((error: unknown) => Promise.reject(withoutCommand(error))),
  };
};
