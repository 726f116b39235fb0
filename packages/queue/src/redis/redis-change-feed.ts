import type { ChangeFeed } from '../port.ts';
import {
  openForConsumer,
  openForProducer,
  prefixOf,
  type RedisClient,
  type RedisSettings,
} from './redis-connection.ts';
import { redisTrouble } from './redis-trouble.ts';

/** Ids have no comma (backup-id.ts), so that nothing a stranger publishes can fail to parse. */
const SEPARATOR = ',';

/** Over a Redis channel `{prefix}:changes`. The listening connection is opened with the first listener. */
export const openRedisChangeFeed = (settings: RedisSettings): ChangeFeed => {
  const channel = `${prefixOf(settings)}:changes`;
  const publisherTrouble = redisTrouble(settings);
  const publisher = openForProducer(settings, publisherTrouble.report).on('ready', publisherTrouble.over);
  const listeners = new Set<(backupIds: readonly string[]) => void>();
  let subscriber: RedisClient | undefined;

  const openSubscriber = (): void => {
    const subscriberTrouble = redisTrouble(settings);
    subscriber = openForConsumer(settings, subscriberTrouble.report).on('ready', subscriberTrouble.over);
    subscriber.on('message', (_channel: string, message: string) => {
      for (const listener of listeners) listener(message.split(SEPARATOR));
    });
    subscriber.subscribe(channel).catch(subscriberTrouble.report);
  };
  return {
    announce(backupIds) {
      if (backupIds.length > 0)
        publisher.publish(channel, backupIds.join(SEPARATOR)).then(publisherTrouble.over, publisherTrouble.report);
    },
    listen(onChange) {
      if (subscriber === undefined) openSubscriber();
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    async close() {
      listeners.clear();
      publisher.disconnect();
      subscriber?.disconnect();
    },
  };
};
