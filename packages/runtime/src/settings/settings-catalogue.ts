import { checkBackupId } from '@tandem/shared/domain/backup/backup-id.ts';
import { retrySettings } from './retry-settings.ts';
import { row } from './setting.ts';
import {
  choice,
  duration,
  durationOrOff,
  lowerCaseName,
  postgresUrl,
  publicUrl,
  redisUrl,
  repositoryName,
  text,
  url,
  urls,
  wholeNumber,
} from './setting-kinds.ts';

const optimizeVersion = text.refine((value) => {
  return checkBackupId(value.toLowerCase()).ok && value.length <= 64;
}, 'may contain only letters, digits, "." and "-", without "../..", at most 64 characters');

export const settingsCatalogue = {
  host: row({
    environment: 'HOST',
    yaml: 'server.host',
    schema: text,
    default: '127.0.0.1',
    about: 'Address that the API listens on.',
  }),
  port: row({
    environment: 'PORT',
    yaml: 'server.port',
    schema: wholeNumber(0, 65_535),
    default: '8092',
    about: 'Port of the API; 0 takes a free one.',
  }),
  publicUrl: row({
    environment: 'PUBLIC_URL',
    yaml: 'server.publicUrl',
    schema: publicUrl,
    default: undefined,
    about:
      'Where clients reach the API, including the path if a proxy serves it below one. Shown in `openapi.json` and in `Location`. Without it `openapi.json` names the URL it was fetched from.',
  }),
  workerPort: row({
    environment: 'WORKER_PORT',
    yaml: 'worker.port',
    schema: wholeNumber(0, 65_535),
    default: undefined,
    about: "Port on HOST for the worker's own liveness and metrics; without it the worker opens no port.",
  }),
  logLevel: row({
    environment: 'LOG_LEVEL',
    yaml: 'log.level',
    schema: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    default: 'info',
    about: 'Lowest level that is logged.',
  }),
  shutdownMs: row({
    environment: 'SHUTDOWN_TIMEOUT',
    yaml: 'server.shutdownTimeout',
    schema: duration('100ms', '10m'),
    default: '8s',
    about: 'How long a stopping process waits for running requests and ticks.',
  }),
  watchdogMs: row({
    environment: 'WATCHDOG_TIMEOUT',
    yaml: 'server.watchdogTimeout',
    schema: durationOrOff('5s', '1h'),
    default: '30s',
    about:
      'A process whose event loop is blocked for this long ends with SIGALRM (exit status 142), so that it is restarted. `off`: never, as under `--inspect`.',
  }),
  drainMs: row({
    environment: 'DRAIN_TIME',
    yaml: 'server.drainTime',
    schema: duration('0ms', '10m'),
    default: '0s',
    about:
      'How long a stopping API, already reported as not ready, accepts requests before it closes its port, so that load balancers notice. `SHUTDOWN_TIMEOUT` begins after it.',
  }),
  keepAliveMs: row({
    environment: 'KEEP_ALIVE_TIMEOUT',
    yaml: 'server.keepAliveTimeout',
    schema: duration('1s', '1h'),
    default: '65s',
    about: "How long the API keeps an idle connection open. Must be longer than the load balancer's idle timeout.",
  }),
  requestTimeoutMs: row({
    environment: 'REQUEST_TIMEOUT',
    yaml: 'server.requestTimeout',
    schema: duration('1s', '10m'),
    default: '15s',
    about: 'How long a client may take to send a request.',
  }),

  repository: row({
    environment: 'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME',
    yaml: 'backup.repositoryName',
    schema: repositoryName,
    default: undefined,
    about: 'Snapshot repository that backups are written to. Without it backups are refused.',
  }),
  optimizeVersion: row({
    environment: 'CAMUNDA_OPTIMIZE_VERSION',
    yaml: 'optimize.version',
    schema: optimizeVersion,
    default: undefined,
    about: "Version used in snapshot names; without it, the one in Optimize's metadata index.",
  }),
  optimizeUrl: row({
    environment: 'CAMUNDA_OPTIMIZE_URL',
    yaml: 'optimize.url',
    schema: url('http', 'https'),
    default: undefined,
    secret: true,
    about: 'URL of Optimize. While it responds, no restore in place begins. Without it this is not checked.',
  }),
  optimizeGatewayError: row({
    environment: 'CAMUNDA_OPTIMIZE_GATEWAY_ERROR',
    yaml: 'optimize.gatewayError',
    schema: choice(['running', 'stopped']),
    default: 'running',
    about:
      'What 502, 503 and 504 from `CAMUNDA_OPTIMIZE_URL` mean. Set `stopped` if the URL leads to an ingress, which responds with these when no Optimize is behind it.',
  }),
  indexPrefix: row({
    environment: 'CAMUNDA_OPTIMIZE_INDEX_PREFIX',
    yaml: 'optimize.indexPrefix',
    schema: lowerCaseName,
    default: 'optimize',
    about: "Prefix of Optimize's index names.",
  }),

  databaseUrl: row({
    environment: 'DATABASE_URL',
    yaml: 'database.url',
    schema: postgresUrl,
    default: undefined,
    required: true,
    secret: true,
    address: true,
    about: 'PostgreSQL, 13 or newer. TLS by `sslmode` in the URL.',
  }),
  databaseOwnerUrl: row({
    environment: 'DATABASE_OWNER_URL',
    yaml: 'database.ownerUrl',
    schema: postgresUrl,
    default: undefined,
    secret: true,
    address: true,
    about:
      'Owner of the tables. `npm run migrate` connects with it and grants the role of `DATABASE_URL` only what the apps need, so that the apps can never change an event. Unset: one role is both.',
  }),
  databaseCa: row({
    environment: 'DATABASE_CA_FILE',
    yaml: 'database.caFile',
    schema: text,
    default: undefined,
    file: true,
    about: "Certificate authority (PEM) that PostgreSQL's certificate is verified against; enables TLS.",
  }),
  databasePool: row({
    environment: 'DATABASE_POOL_SIZE',
    yaml: 'database.poolSize',
    schema: wholeNumber(1, 500),
    default: '10',
    about: 'Connections per process.',
  }),
  databaseConnectMs: row({
    environment: 'DATABASE_CONNECT_TIMEOUT',
    yaml: 'database.connectTimeout',
    schema: duration('50ms', '5m'),
    default: '2s',
    about: 'Longest wait for a connection to PostgreSQL.',
  }),
  databaseQueryMs: row({
    environment: 'DATABASE_QUERY_TIMEOUT',
    yaml: 'database.queryTimeout',
    schema: duration('50ms', '10m'),
    default: '5s',
    about: 'Longest wait for a statement.',
  }),
  databaseSearchMs: row({
    environment: 'DATABASE_SEARCH_TIMEOUT',
    yaml: 'database.searchTimeout',
    schema: duration('50ms', '10m'),
    default: '10s',
    about: 'Longest wait for a search of the history; a slower search gets 422.',
  }),
  databasePrepared: row({
    environment: 'DATABASE_PREPARED_STATEMENTS',
    yaml: 'database.preparedStatements',
    schema: choice(['auto', 'on', 'off']),
    default: 'auto',
    about:
      '`auto`: prepared unless a pooler is in between. Set `on` behind a pooler that supports prepared statements (PgBouncer 1.21 with `max_prepared_statements`).',
  }),

  historyRollbackToleranceMs: row({
    environment: 'HISTORY_ROLLBACK_TOLERANCE',
    yaml: 'history.rollbackTolerance',
    schema: duration('0ms', '7d'),
    default: '5m',
    about:
      'If PostgreSQL was rolled back to an earlier state and less than this is lost (a failover to an asynchronous replica), only deletions and restores with deletions are suspended; otherwise every open operation is.',
  }),

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

  elasticsearchUrl: row({
    environment: 'ELASTICSEARCH_URL',
    yaml: 'elasticsearch.url',
    schema: urls('http', 'https'),
    default: undefined,
    secret: true,
    address: true,
    about:
      'Elasticsearch 7.17, 8 or 9; several addresses of one cluster joined by commas. This or `OPENSEARCH_URL`, not both.',
  }),
  opensearchUrl: row({
    environment: 'OPENSEARCH_URL',
    yaml: 'opensearch.url',
    schema: url('http', 'https'),
    default: undefined,
    secret: true,
    address: true,
    about: 'OpenSearch; not supported yet: a process that finds it set does not start.',
  }),
  engineUsername: row({
    environment: 'ENGINE_USERNAME',
    yaml: 'engine.username',
    schema: text,
    default: undefined,
    about: 'User of the engine; requires a password.',
  }),
  enginePassword: row({
    environment: 'ENGINE_PASSWORD',
    yaml: 'engine.password',
    schema: text,
    default: undefined,
    secret: true,
    about: 'Password of that user.',
  }),
  engineApiKey: row({
    environment: 'ENGINE_API_KEY',
    yaml: 'engine.apiKey',
    schema: text,
    default: undefined,
    secret: true,
    about: 'API key of the engine, instead of a user.',
  }),
  engineCa: row({
    environment: 'ENGINE_CA_FILE',
    yaml: 'engine.caFile',
    schema: text,
    default: undefined,
    file: true,
    about: "Certificate authority (PEM) that the engine's certificate is verified against.",
  }),
  engineRequestMs: row({
    environment: 'ENGINE_REQUEST_TIMEOUT',
    yaml: 'engine.requestTimeout',
    schema: duration('50ms', '10m'),
    default: '10s',
    about: 'Longest wait for a response of the engine.',
  }),
  engineMasterMs: row({
    environment: 'ENGINE_MASTER_TIMEOUT',
    yaml: 'engine.masterTimeout',
    schema: duration('1s', '10m'),
    default: '8s',
    about: 'Longest wait inside the engine for its elected master; must not be longer than `ENGINE_REQUEST_TIMEOUT`.',
  }),

  concurrency: row({
    environment: 'WORKER_CONCURRENCY',
    yaml: 'worker.concurrency',
    schema: wholeNumber(1, 1000),
    default: '20',
    about: 'Ticks that one worker runs at once.',
  }),
  createsPerRepository: row({
    environment: 'CREATES_PER_REPOSITORY',
    yaml: 'worker.createsPerRepository',
    schema: wholeNumber(1, 100),
    default: '1',
    about: 'Backups that one repository takes at once; the others wait in the order they were accepted.',
  }),
  leaseMs: row({
    environment: 'LEASE_DURATION',
    yaml: 'worker.leaseDuration',
    schema: duration('1s', '10m'),
    default: '3s',
    about: 'How long a worker that no longer responds keeps an operation.',
  }),
  sweepIntervalMs: row({
    environment: 'SWEEP_INTERVAL',
    yaml: 'worker.sweepInterval',
    schema: duration('100ms', '10m'),
    default: '1s',
    about: 'How often PostgreSQL is queried for operations that no job works on.',
  }),
  suspendAfterMs: row({
    environment: 'SUSPEND_AFTER',
    yaml: 'worker.suspendAfter',
    schema: duration('1m', '30d'),
    default: '12h',
    about:
      'A backup or deletion that has been due for this long without a worker claiming it is suspended until an operator releases it.',
  }),
  sealIntervalMs: row({
    environment: 'SEAL_INTERVAL',
    yaml: 'worker.sealInterval',
    schema: duration('100ms', '1h'),
    default: '10s',
    about: 'How often new events are sealed. A change of an event that is not sealed yet cannot be detected.',
  }),
  sealKey: row({
    environment: 'SEAL_KEY_FILE',
    yaml: 'worker.sealKeyFile',
    schema: text,
    default: undefined,
    file: true,
    about: 'Ed25519 private key (PEM) that the worker signs seals with. Without it seals are not signed.',
  }),
  restoreExpiryMs: row({
    environment: 'RESTORE_EXPIRY',
    yaml: 'worker.restoreExpiry',
    schema: duration('1s', '30d'),
    default: '1h',
    about:
      'How long a restore may go without progress before its first write to the indices; then it ends FAILED and needs a new plan.',
  }),
  interruptedRetryDelayMs: row({
    environment: 'INTERRUPTED_RETRY_DELAY',
    yaml: 'worker.interruptedRetryDelay',
    schema: duration('100ms', '1h'),
    default: '1m',
    about:
      "Wait before a part that failed on shards without a primary or a lost node is retried. Three attempts in all, to bridge a node's restart.",
  }),
  reconcileIntervalMs: row({
    environment: 'RECONCILE_INTERVAL',
    yaml: 'worker.reconcileInterval',
    schema: durationOrOff('1s', '7d'),
    default: '10m',
    about: 'How often the history is compared with what the repositories hold; `off`: only on request.',
  }),
  jobLockMs: row({
    environment: 'JOB_LOCK_DURATION',
    yaml: 'worker.jobLockDuration',
    schema: duration('1s', '10m'),
    default: '10s',
    about: "BullMQ's lock on a job.",
  }),
  stalledCheckIntervalMs: row({
    environment: 'STALLED_CHECK_INTERVAL',
    yaml: 'worker.stalledCheckInterval',
    schema: duration('1s', '10m'),
    default: '5s',
    about: 'How often BullMQ looks for jobs of dead workers.',
  }),

  pollIntervalMinMs: row({
    environment: 'POLL_INTERVAL_MIN',
    yaml: 'polling.intervalMin',
    schema: duration('10ms', '10m'),
    default: '50ms',
    about: 'First interval between two polls of a running snapshot.',
  }),
  pollIntervalMaxMs: row({
    environment: 'POLL_INTERVAL_MAX',
    yaml: 'polling.intervalMax',
    schema: duration('10ms', '1h'),
    default: '10s',
    about:
      "Longest interval between two polls; between the two limits it is a twentieth of the snapshot's running time.",
  }),

  ...retrySettings,
};
