import { markText, readMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import type { MarkStore } from '../marks-port.ts';
import { prefixOf, type RedisSettings } from './redis-connection.ts';
import { openProducer } from './redis-producer.ts';

/** In a hash `{prefix}:history-marks`, apart from BullMQ's keys: a field for each history and epoch. */
export const openRedisMarks = (settings: RedisSettings): MarkStore => {
  const key = `${prefixOf(settings)}:history-marks`;
  const { redis, bounded } = openProducer(settings);

  return {
    // one that came too late is not written: a newer one may be there by then
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
