import type { ChangeFeed } from './port.ts';
import {
  openForConsumer,
  openForProducer,
  prefixOf,
  type RedisClient,
  type RedisSettings,
} from './redis-connection.ts';
import { redisTrouble } from './redis-trouble.ts';

/** Ids have no comma (CONTRACT.md), so that nothing a stranger publishes can fail to parse. */
const SEPARATOR = ',';

/** Over a Redis channel `{prefix}:changes`. The listening connection is opened with the first listener. */
export const openRedisChangeFeed = (settings: RedisSettings): ChangeFeed => {
  const channel = `${prefixOf(settings)}:changes`;
  const speaking = redisTrouble(settings);
  const speaker = openForProducer(settings, speaking.report).on('ready', speaking.over);
  const listeners = new Set<(backupIds: readonly string[]) => void>();
  let ear: RedisClient | undefined;

  const openEar = (): void => {
    const listening = redisTrouble(settings);
    ear = openForConsumer(settings, listening.report).on('ready', listening.over);
    ear.on('message', (_channel: string, message: string) => {
      for (const listener of listeners) listener(message.split(SEPARATOR));
    });
    ear.subscribe(channel).catch(listening.report);
  };
  return {
    announce(backupIds) {
      if (backupIds.length > 0)
        speaker.publish(channel, backupIds.join(SEPARATOR)).then(speaking.over, speaking.report);
    },
    listen(onChange) {
      if (ear === undefined) openEar();
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    async close() {
      listeners.clear();
      speaker.disconnect();
      ear?.disconnect();
    },
  };
};
