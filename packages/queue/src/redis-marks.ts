import { markText, readMark } from '@tandem/shared/domain/history-mark.ts';
import type { MarkStore } from './marks-port.ts';
import {
  DEFAULT_PREFIX,
  openRedis,
  producerOptions,
  type RedisSettings,
  sparingly,
  withoutCommand,
} from './redis-connection.ts';
import { readiness } from './redis-readiness.ts';
import { withinMs } from './time-limit.ts';

/** In a hash `{prefix}:history-marks`, apart from BullMQ's keys: a field for each history and epoch. */
export const openRedisMarks = (settings: RedisSettings): MarkStore => {
  const { commandTimeoutMs, prefix = DEFAULT_PREFIX } = settings;
  const key = `${prefix}:history-marks`;
  const redis = openRedis(producerOptions(settings), sparingly(settings.onError));

  const ready = readiness(redis);

  // a mark that came too late is not written: a newer one may be there by then
  const bounded = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    withinMs(commandTimeoutMs, `Redis, ${what}`, async (isLate) => {
      await ready();
      if (isLate()) throw new Error('too late');
      return work();
    }).catch((error: unknown) => Promise.reject(withoutCommand(error)));

  return {
    async keep(mark) {
      await bounded('keep mark', () => redis.hset(key, `${mark.historyId}/${mark.epoch}`, markText(mark)));
    },
    async read() {
      const fields = await bounded('read marks', () => redis.hgetall(key));
      return Object.values(fields).flatMap((text) => readMark(text) ?? []);
    },
    async close() {
      redis.disconnect();
    },
  };
};
