import { keyPrefix, type RedisAddress, readRedisUrl } from '@tandem/shared/domain/address/redis-address.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';

export type RedisSettings = {
  /** As REDIS_URL (packages/shared/src/domain/address/redis-address.ts): one Redis, a Redis Cluster, or Sentinels. */
  readonly url: string;
  /** PEM; only with TLS. Undefined: the certificates that Node trusts. */
  readonly caCertificate?: string | undefined;
  /** Of the Sentinels, if they require one. That of Redis is part of the URL. */
  readonly sentinelPassword?: string | undefined;
  readonly connectTimeoutMs: number;
  /** The longest that one call of the queue waits for Redis. */
  readonly commandTimeoutMs: number;
  /** What keys begin with; on a cluster in braces, so that the queue's keys stay together: those are added where they lack. */
  readonly prefix?: string | undefined;
  /** Errors outside a call, at most one of a kind in five seconds. Never contain a password. */
  readonly onError: (error: Error) => void;
  /** The error is over: what it was, and how often it occurred. */
  readonly onOver?: ((error: Error, times: number) => void) | undefined;
};

export type RedisClient = Redis | Cluster;

export const DEFAULT_PREFIX = '{tandem}';

/** Throws a TypeError for a URL that cannot be read. */
export const redisAddress = ({ url }: Pick<RedisSettings, 'url'>): RedisAddress => {
  const read = readRedisUrl(url);
  if (!read.ok) throw new TypeError(`REDIS_URL: ${read.problem}`);
  return read.address;
};

/** What all keys and channels begin with. */
export const prefixOf = (settings: Pick<RedisSettings, 'url' | 'prefix'>): string =>
  keyPrefix(settings.prefix ?? DEFAULT_PREFIX, redisAddress(settings).topology);

const FIRST_RETRY_MS = 50;
const MAX_RETRY_MS = 1_500;
/** How long a failover of a cluster may stay unnoticed where the old primary is frozen. */
const SLOTS_EVERY_MS = 5_000;

/** Doubles from 50 ms up to 1.5 s, forever: a Redis that comes back is found within that time. */
const reconnectDelayMs = (times: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.min(times - 1, 10), MAX_RETRY_MS);

/** Replies as they come, the mapping that BullMQ expects. */
type Manners = Omit<RedisOptions, 'replyMapping'>;

/**
 * For callers that must not wait: a command fails at once while there is no connection and after `commandTimeoutMs` while Redis hangs,
 * and one Redis is never sent it again by itself. A cluster is, where the connection to the node is lost or not there yet (retryDelayOnFailover):
 * without that a command would fail that meets a node which is being connected to.
 */
const producer = ({ commandTimeoutMs }: RedisSettings): Manners => ({
  commandTimeout: commandTimeoutMs,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 1,
});

/** For consumers, which outlive any outage (BullMQ wants null). A connection that stays silent for 30 s is replaced. */
const consumer = (): Manners => ({ maxRetriesPerRequest: null, socketTimeout: 30_000 });

export const tlsOf = (settings: RedisSettings): Pick<RedisOptions, 'tls'> => {
  const { caCertificate: ca } = settings;
  return redisAddress(settings).tls ? { tls: omitUndefined({ ca }) } : {};
};

/** For each node. */
const common = (settings: RedisSettings): Manners => {
  const { username, password } = redisAddress(settings);
  return {
    ...omitUndefined({ username, password }),
    ...tlsOf(settings),
    connectTimeout: settings.connectTimeoutMs,
  };
};

const standaloneOptions = (settings: RedisSettings, manners: Manners): Manners => {
  const { nodes, database } = redisAddress(settings);
  return { ...common(settings), ...nodes[0], db: database, retryStrategy: reconnectDelayMs, ...manners };
};

const sentinelOptions = (settings: RedisSettings, manners: Manners): Manners => {
  const { nodes, primaryName, database, tls } = redisAddress(settings);
  const { sentinelPassword, connectTimeoutMs } = settings;
  return {
    ...common(settings),
    sentinels: [...nodes],
    ...omitUndefined({ name: primaryName, sentinelPassword }),
    ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: tlsOf(settings).tls ?? {} } : {}),
    sentinelCommandTimeout: connectTimeoutMs,
    sentinelRetryStrategy: reconnectDelayMs,
    // an old primary that is frozen would hold the connection
    failoverDetector: true,
    // one that was demoted and kept the connection
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    db: database,
    retryStrategy: reconnectDelayMs,
    ...manners,
  };
};

/** Certificates are for names. */
const unresolved: NonNullable<ClusterOptions['dnsLookup']> = (host, done) => done(null, host);

const clusterOptions = (settings: RedisSettings, manners: Manners) => {
  const { enableOfflineQueue = true, ...ofNodes } = manners;
  return {
    redisOptions: { ...common(settings), ...ofNodes },
    enableOfflineQueue,
    clusterRetryStrategy: reconnectDelayMs,
    slotsRefreshTimeout: settings.connectTimeoutMs,
    slotsRefreshInterval: SLOTS_EVERY_MS,
    ...(redisAddress(settings).tls ? { dnsLookup: unresolved } : {}),
  };
};

/** A cluster that has no node left says so, and keeps the reason apart. */
const causeOf = (error: unknown): unknown =>
  error instanceof Error && 'lastNodeError' in error ? (error.lastNodeError ?? error) : error;

/** The text of an error and no more: ioredis hangs the command on it, and that of a refused sign-in holds the password. */
export const withoutCommand = (thrown: unknown): Error => {
  const error = causeOf(thrown);
  if (!(error instanceof Error)) return new Error(String(error));
  return 'command' in error ? new Error(`${error.name}: ${error.message}`) : error;
};

const REPEAT_AFTER_MS = 5_000;

/** Passes an error on unless one with the same text was passed on in the last five seconds. True: it was passed on. */
export const sparingly = (
  onError: (error: Error) => void,
  now: () => number = Date.now,
): ((error: Error) => boolean) => {
  const lastAt = new Map<string, number>();
  return (error) => {
    const at = now();
    if (at - (lastAt.get(error.message) ?? Number.NEGATIVE_INFINITY) < REPEAT_AFTER_MS) return false;
    if (lastAt.size > 100) lastAt.clear();
    lastAt.set(error.message, at);
    onError(withoutCommand(error));
    return true;
  };
};

const connect = (settings: RedisSettings, manners: Manners): RedisClient => {
  const { topology, nodes } = redisAddress(settings);
  if (topology === 'cluster') return new Cluster([...nodes], clusterOptions(settings, manners));
  return new Redis((topology === 'sentinel' ? sentinelOptions : standaloneOptions)(settings, manners));
};

/** Those of the nodes of a cluster, too. */
export const onErrorOf = (client: RedisClient, onError: (error: Error) => void): void => {
  client.on('error', onError);
  if (client instanceof Cluster) client.on('node error', onError);
};

const opened = (settings: RedisSettings, manners: Manners, onError: (error: Error) => void): RedisClient => {
  const client = connect(settings, manners);
  onErrorOf(client, onError);
  return client;
};

/**
 * Only this function opens connections. Each connects at once and retries forever; errors go to `onError`. For callers that must
 * not wait.
 */
export const openForProducer = (settings: RedisSettings, onError: (error: Error) => void): RedisClient =>
  opened(settings, producer(settings), onError);

/** For those that wait as long as it takes. */
export const openForConsumer = (settings: RedisSettings, onError: (error: Error) => void): RedisClient =>
  opened(settings, consumer(), onError);
