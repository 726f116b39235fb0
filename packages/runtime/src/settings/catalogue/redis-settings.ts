import { row } from '../setting.ts';
import { duration, redisUrl, text } from './setting-kinds.ts';

/** Redis. */
export const redisSettings = {
  redisUrl: row({
    environment: 'REDIS_URL',
    yaml: 'redis.url',
    schema: redisUrl,
    default: undefined,
    required: true,
    secret: true,
    address: true,
    about:
      'Redis, 6.2 or newer. `rediss://` for TLS. A cluster: several with commas between them, or `redis+cluster://user:password@h1:6379,h2:6379`. Sentinel: `redis+sentinel://user:password@h1:26379,h2:26379/name?db=0`.',
  }),
  redisSentinelPassword: row({
    environment: 'REDIS_SENTINEL_PASSWORD',
    yaml: 'redis.sentinelPassword',
    schema: text,
    default: undefined,
    secret: true,
    about: 'Password of the Sentinels, if they have one. The password of Redis is part of `REDIS_URL`.',
  }),
  redisCa: row({
    environment: 'REDIS_CA_FILE',
    yaml: 'redis.caFile',
    schema: text,
    default: undefined,
    file: true,
    about: "Certificate authority (PEM) that Redis's certificate is verified against.",
  }),
  redisPrefix: row({
    environment: 'REDIS_PREFIX',
    yaml: 'redis.prefix',
    schema: text,
    default: '{tandem}',
    about:
      'Prefix of all keys. In braces, so that a Redis Cluster keeps them in one slot; on a cluster missing braces are added.',
  }),
  redisConnectMs: row({
    environment: 'REDIS_CONNECT_TIMEOUT',
    yaml: 'redis.connectTimeout',
    schema: duration('50ms', '5m'),
    default: '2s',
    about: 'Longest wait for a connection to Redis.',
  }),
  redisCommandMs: row({
    environment: 'REDIS_COMMAND_TIMEOUT',
    yaml: 'redis.commandTimeout',
    schema: duration('50ms', '5m'),
    default: '2s',
    about: 'Longest wait for a response of Redis while a caller waits.',
  }),
};
