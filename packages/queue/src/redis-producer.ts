import type { Redis } from 'ioredis';
import { openRedis, producerOptions, type RedisSettings, sparingly } from './redis-connection.ts';
import { redisGreeting } from './redis-greeting.ts';
import { readiness } from './redis-readiness.ts';
import { redisError } from './redis-words.ts';
import { TimeLimitExceeded, withinMs } from './time-limit.ts';

/** Redis closed the connection before it had answered. */
const CUT_OFF = /EPIPE|ECONNRESET/;
const GREETING_MS = 200;

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
  /** Why the connection is not there. */
  let refusal: Error | undefined;
  const redis = openRedis(producerOptions(settings), (error) => {
    refusal = redisError(error);
    report(error);
  });
  redis.on('ready', () => {
    refusal = undefined;
  });
  const ready = readiness(redis);
  const inWords = async (error: unknown): Promise<Error> => {
    if (!(error instanceof TimeLimitExceeded) || refusal === undefined) return redisError(error);
    const said = CUT_OFF.test(refusal.message) ? await redisGreeting(settings, GREETING_MS) : undefined;
    const reason = said === undefined ? refusal : redisError(new Error(said));
    return new TimeLimitExceeded(`${error.message}: ${reason.message}`);
  };
  return {
    redis,
    report,
    bounded: (what, work) =>
      withinMs(settings.commandTimeoutMs, `Redis, ${what}`, async (isLate) => {
        await ready();
        if (isLate()) throw new Error('too late');
        return work();
      }).catch(async (error: unknown) => Promise.reject(await inWords(error))),
  };
};
