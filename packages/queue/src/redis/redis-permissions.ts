import { Cluster, type Redis } from 'ioredis';
import { openForProducer, prefixOf, type RedisSettings } from './redis-connection.ts';
import { readiness } from './redis-readiness.ts';
import { withinMs } from './redis-time-limit.ts';

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

/** Undefined: permitted, also where a node of a cluster does not have the key, which it says of what it would permit only. */
const refusalOf = (error: unknown): string | undefined => {
  if (error instanceof Error && error.message.startsWith('NOPERM')) return error.message;
  if (error instanceof Error && error.message.startsWith('MOVED')) return undefined;
  throw error;
};

/** Queued in a transaction that is discarded: Redis checks the permissions of each command and runs none. */
const refusedBy = async (redis: Redis, key: string): Promise<readonly RefusedCommand[]> => {
  // without a transaction the commands would be run
  const multi = await redis.call('multi').then(() => undefined, refusalOf);
  if (multi !== undefined) return [{ command: 'multi', reason: multi }];
  try {
    const refused: RefusedCommand[] = [];
    for (const [command, ...args] of commandsOn(key)) {
      const reason = await redis.call(command, ...args).then(() => undefined, refusalOf);
      if (reason !== undefined) refused.push({ command, reason });
    }
    return refused;
  } finally {
    await redis.call('discard').catch(() => undefined);
  }
};

/** By any primary of a cluster: each has users of its own, and the keys may move to any. Those that do not answer are not counted. */
const refusedByAny = async (nodes: readonly Redis[], key: string): Promise<readonly RefusedCommand[]> => {
  const replies = await Promise.allSettled(nodes.map((node) => refusedBy(node, key)));
  if (replies[0]?.status === 'rejected' && replies.every(({ status }) => status === 'rejected'))
    throw replies[0].reason;
  const all = replies.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  return [...new Map(all.map((refused) => [refused.command, refused])).values()];
};

/**
 * Which of the commands that a consumer needs Redis does not permit. Rejects where Redis does not answer within `commandTimeoutMs`. On a connection
 * of its own: between the begin of a transaction and its end no other command may come.
 */
export const refusedCommands = async (settings: RedisSettings): Promise<readonly RefusedCommand[]> => {
  /** Why there is no connection. */
  let refusal: Error | undefined;
  const redis = openForProducer(settings, (error) => {
    refusal = error;
  });
  const key = `${prefixOf(settings)}:permissions`;
  try {
    return await withinMs(settings.commandTimeoutMs, 'Redis, permissions', async () => {
      await readiness(redis)();
      return redis instanceof Cluster ? refusedByAny(redis.nodes('master'), key) : refusedBy(redis, key);
    });
  } catch (error) {
    throw refusal ?? error;
  } finally {
    redis.disconnect();
  }
};

/** Names them, and the remedy. */
export const permissionsWords = (refused: readonly RefusedCommand[]): string => {
  const names = refused.map(({ command }) => command.toUpperCase()).join(', ');
  return `Redis does not permit what the queue needs: ${names} (${refused[0]?.reason}). Grant it to this user (docs/operations.md has the complete ACL rule); no job is taken until then.`;
};
