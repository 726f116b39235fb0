import type { RedisClient } from './redis-connection.ts';

/** Resolves when Redis can be talked to; all who wait share one listener. For use under a time limit: it never rejects. */
export const readiness = (redis: RedisClient): (() => Promise<void>) => {
  let next: Promise<void> | undefined;
  return () => {
    if (redis.status === 'ready') return Promise.resolve();
    next ??= new Promise((resolve) => {
      redis.once('ready', () => {
        next = undefined;
        resolve();
      });
    });
    return next;
  };
};
