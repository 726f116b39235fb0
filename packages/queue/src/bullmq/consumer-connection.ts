import { onErrorOf, openForConsumer, type RedisClient, type RedisSettings } from '../redis/redis-connection.ts';
import type { RedisTrouble } from '../redis/redis-trouble.ts';

export type ConsumerConnection = {
  readonly client: RedisClient;
  /** Ends it and its copies without waiting for an answer. */
  readonly cut: () => void;
};

/**
 * The connection of a consumer. BullMQ duplicates it for blocking reads and does not expose the duplicate; this one remembers
 * it, so that a shutdown can cut both while Redis does not answer (BullMQ's close waits forever then, taskforcesh/bullmq#4656).
 */
export const openConsumerConnection = (settings: RedisSettings, trouble: RedisTrouble): ConsumerConnection => {
  const client = openForConsumer(settings, trouble.report).on('ready', trouble.over);
  const copies: RedisClient[] = [];
  const duplicate = client.duplicate.bind(client) as (...args: unknown[]) => RedisClient;
  const remembered = (...args: unknown[]): RedisClient => {
    const copy = duplicate(...args);
    onErrorOf(copy, trouble.report);
    copy.on('ready', trouble.over);
    copies.push(copy);
    return copy;
  };
  Object.assign(client, { duplicate: remembered });
  const cut = (): void => {
    for (const connection of [client, ...copies]) connection.disconnect();
  };
  return { client, cut };
};
