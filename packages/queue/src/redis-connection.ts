import { Redis, type RedisOptions } from 'ioredis';

/** Replies as they come, the mapping that BullMQ expects. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

export type RedisSettings = {
  /** redis:// or rediss://, with user, password and database number as far as needed. */
  readonly url: string;
  /** PEM; only for rediss://. Undefined: the certificates that Node trusts. */
  readonly caCertificate?: string | undefined;
  readonly connectTimeoutMs: number;
  /** The longest that one call of the queue waits for Redis. */
  readonly commandTimeoutMs: number;
  /** Key prefix, hash-tagged so that a Redis Cluster keeps the queue's keys together. */
  readonly prefix?: string | undefined;
  /** What goes wrong outside a call, at most one of a kind in five seconds. Never carries a password. */
  readonly onError: (error: Error) => void;
};

export const DEFAULT_PREFIX = '{tandem}';

const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_500;

/** Doubles from 50 ms up to 1.5 s, for ever: a Redis that comes back is found within that time. */
const reconnectDelayMs = (times: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.min(times - 1, 10), MAX_RETRY_MS);

type Address = Pick<RedisOptions, 'host' | 'port' | 'username' | 'password' | 'db' | 'tls'>;

const unbracketed = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Throws a TypeError for a URL that does not parse or has another scheme. */
export const redisAddress = ({ url, caCertificate }: Pick<RedisSettings, 'url' | 'caCertificate'>): Address => {
  const parsed = new URL(url);
  if (!['redis:', 'rediss:'].includes(parsed.protocol))
    throw new TypeError('A Redis URL begins with redis:// or rediss://');
  const database = Number(parsed.pathname.slice(1) || parsed.searchParams.get('db') || 0);
  if (!Number.isSafeInteger(database) || database < 0)
    throw new TypeError('The database in a Redis URL is a whole number');
  const host = unbracketed(parsed.hostname) || '127.0.0.1';
  return {
    host,
    port: Number(parsed.port || 6379),
    db: database,
    ...(parsed.username === '' ? {} : { username: decodeURIComponent(parsed.username) }),
    ...(parsed.password === '' ? {} : { password: decodeURIComponent(parsed.password) }),
    ...(parsed.protocol === 'redis:' ? {} : { tls: caCertificate === undefined ? {} : { ca: caCertificate } }),
  };
};

const commonOptions = (settings: RedisSettings): ConnectionOptions => ({
  ...redisAddress(settings),
  connectTimeout: settings.connectTimeoutMs,
  retryStrategy: reconnectDelayMs,
});

/**
 * For callers that must not wait: a command fails at once while there is no connection and after `commandTimeoutMs` while Redis hangs,
 * and is never sent again by itself.
 */
export const producerOptions = (settings: RedisSettings): ConnectionOptions => ({
  ...commonOptions(settings),
  commandTimeout: settings.commandTimeoutMs,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 1,
});

/** For consumers, which outlive any outage (BullMQ wants null). A connection that stays silent for 30 s is replaced. */
export const consumerOptions = (settings: RedisSettings): ConnectionOptions => ({
  ...commonOptions(settings),
  maxRetriesPerRequest: null,
  socketTimeout: 30_000,
});

/** The text of an error and no more: ioredis hangs the command on it, and that of a refused sign-in holds the password. */
export const withoutCommand = (error: unknown): Error => {
  if (!(error instanceof Error)) return new Error(String(error));
  return 'command' in error ? new Error(`${error.name}: ${error.message}`) : error;
};

const REPEAT_AFTER_MS = 5_000;

/** Passes an error on unless one with the same text was passed on in the last five seconds. */
export const sparingly = (onError: (error: Error) => void, now: () => number = Date.now): ((error: Error) => void) => {
  const lastAt = new Map<string, number>();
  return (error) => {
    const at = now();
    if (at - (lastAt.get(error.message) ?? Number.NEGATIVE_INFINITY) < REPEAT_AFTER_MS) return;
    if (lastAt.size > 100) lastAt.clear();
    lastAt.set(error.message, at);
    onError(withoutCommand(error));
  };
};

/** Connects at once and goes on trying for ever; its errors go to `onError`. */
export const openRedis = (options: ConnectionOptions, onError: (error: Error) => void): Redis => {
  const redis = new Redis(options);
  redis.on('error', onError);
  return redis;
};
