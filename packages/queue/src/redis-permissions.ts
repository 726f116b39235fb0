import type { Redis } from 'ioredis';
import { DEFAULT_PREFIX, openRedis, producerOptions, type RedisSettings } from './redis-connection.ts';
import { readiness } from './redis-readiness.ts';
import { withinMs } from './time-limit.ts';

type Command = readonly [name: string, ...args: string[]];

/** What BullMQ, its scripts and this package send, with arguments that Redis would take: docs/operations.md has the same as an ACL. */
const commandsOn = (key: string): readonly Command[] => [
  ['ping'],
  ['info'],
  ['eval', 'return 1', '1', key],
  ['evalsha', 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db', '1', key],
  ['exists', key],
  ['del', key],
  ['get', key],
  ['set', key, 'v'],
  ['incr', key],
  ['pttl', key],
  ['pexpire', key, '1'],
  ['hset', key, 'f', 'v'],
  ['hmset', key, 'f', 'v'],
  ['hget', key, 'f'],
  ['hmget', key, 'f'],
  ['hgetall', key],
  ['hdel', key, 'f'],
  ['hexists', key, 'f'],
  ['hincrby', key, 'f', '1'],
  ['lpush', key, 'v'],
  ['rpush', key, 'v'],
  ['lrem', key, '0', 'v'],
  ['lrange', key, '0', '0'],
  ['lindex', key, '0'],
  ['lpos', key, 'v'],
  ['llen', key],
  ['rpoplpush', key, key],
  ['sadd', key, 'v'],
  ['srem', key, 'v'],
  ['scard', key],
  ['smembers', key],
  ['zadd', key, '1', 'v'],
  ['zrem', key, 'v'],
  ['zscore', key, 'v'],
  ['zcard', key],
  ['zcount', key, '0', '1'],
  ['zrange', key, '0', '0'],
  ['zrangebyscore', key, '0', '1'],
  ['zrevrangebyscore', key, '1', '0'],
  ['zpopmin', key],
  ['bzpopmin', key, '1'],
  ['xadd', key, '*', 'f', 'v'],
  ['xtrim', key, 'MAXLEN', '1'],
];

/** What this user may not do with the keys below the prefix, in Redis' own words. */
export type RefusedCommand = { readonly command: string; readonly reason: string };

const refusalOf = (error: unknown): string | undefined =>
  error instanceof Error && error.message.startsWith('NOPERM') ? error.message : undefined;

/** Queued in a transaction that is discarded: Redis looks at the permissions of each, and runs none. */
const refusedBy = async (redis: Redis, key: string): Promise<readonly RefusedCommand[]> => {
  // without a transaction the commands would be run
  const multi = await redis.call('multi').then(() => undefined, refusalOrThrow);
  if (multi !== undefined) return [{ command: 'multi', reason: multi }];
  try {
    const refused: RefusedCommand[] = [];
    for (const [command, ...args] of commandsOn(key)) {
      const reason = await redis.call(command, ...args).then(() => undefined, refusalOrThrow);
      if (reason !== undefined) refused.push({ command, reason });
    }
    return refused;
  } finally {
    await redis.call('discard').catch(() => undefined);
  }
};

const refusalOrThrow = (error: unknown): string => {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  return refusal;
};

/**
 * Which of the commands that a consumer needs Redis does not permit. Rejects where Redis does not answer within `commandTimeoutMs`. On a connection
 * of its own: between the begin of a transaction and its end no other command may come.
 */
export const refusedCommands = async (settings: RedisSettings): Promise<readonly RefusedCommand[]> => {
  const redis = openRedis(producerOptions(settings), () => undefined);
  try {
    return await withinMs(settings.commandTimeoutMs, 'Redis, permissions', async () => {
      await readiness(redis)();
      return refusedBy(redis, `${settings.prefix ?? DEFAULT_PREFIX}:permissions`);
    });
  } finally {
    redis.disconnect();
  }
};

/** Names them, and the remedy. */
export const permissionsWords = (refused: readonly RefusedCommand[]): string => {
  const names = refused.map(({ command }) => command.toUpperCase()).join(', ');
  return `Redis does not permit what the queue needs: ${names} (${refused[0]?.reason}). Grant it to this user (docs/operations.md has the whole rule); no job is taken until then.`;
};
