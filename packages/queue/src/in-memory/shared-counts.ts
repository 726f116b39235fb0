import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { SharedCounts } from '../counts-port.ts';

const MINUTE_S = 60;

export const inMemorySharedCounts = (): SharedCounts => {
  const limiter = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: MINUTE_S });
  return {
    async add(key, amount) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, amount);
      return { count: consumedPoints, endsInMs: msBeforeNext };
    },
    close: async () => undefined,
  };
};
