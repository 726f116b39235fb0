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
}, 'may hold only letters, digits, "." and "-", without "..", at most 64 characters');

export const settingsCatalogue = {
  host: row({
    environment: 'HOST',
    yaml: 'server.host',
    schema: text,
    standard: '127.0.0.1',
    about: 'Address that the API listens on.',
  }),
  port: row({
    environment: 'PORT',
    yaml: 'server.port',
    schema: wholeNumber(0, 65_535),
    standard: '8092',
    about: 'Port of the API; 0 takes a free one.',
  }),
  publicUrl: row({
    environment: 'PUBLIC_URL',
    yaml: 'server.publicUrl',
    schema: publicUrl,
    standard: undefined,
    about:
      'Where clients reach the API, with the path below which a proxy has it: named in `openapi.json` and in `Location`. Without it `openapi.json` names the place that it was fetched from.',
  }),
  workerPort: row({
    environment: 'WORKER_PORT',
    yaml: 'worker.port',
    schema: wholeNumber(0, 65_535),
    standard: undefined,
    about: "Port on HOST for the worker's own liveness and metrics; without it the worker listens on none.",
  }),
  logLevel: row({
    environment: 'LOG_LEVEL',
    yaml: 'log.level',
    schema: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    standard: 'info',
    about: 'Least important lines that are still logged.',
  }),
  shutdownMs: row({
    environment: 'SHUTDOWN_TIMEOUT',
    yaml: 'server.shutdownTimeout',
    schema: duration('100ms', '10m'),
    standard: '8s',
    about: 'How long a stop waits for requests and ticks under way.',
  }),
  watchdogMs: row({
    environment: 'WATCHDOG_TIMEOUT',
    yaml: 'server.watchdogTimeout',
    schema: durationOrOff('5s', '1h'),
    standard: '30s',
    about:
      'A process whose event loop stands still for as long ends with SIGALRM (exit status 142), to be started again. `off`: never, as under `--inspect`.',
  }),
  drainMs: row({
    environment: 'DRAIN_TIME',
    yaml: 'server.drainTime',
    schema: duration('0ms', '10m'),
    standard: '0s',
    about:
      'How long a stopping API goes on taking requests, no longer ready, before it closes its port: until load balancers have noticed. `SHUTDOWN_TIMEOUT` begins after it.',
  }),
  keepAliveMs: row({
    environment: 'KEEP_ALIVE_TIMEOUT',
    yaml: 'server.keepAliveTimeout',
    schema: duration('1s', '1h'),
    standard: '65s',
    about: 'How long the API keeps a connection without a request: longer than the idle time-out of the load balancer.',
  }),
  requestTimeoutMs: row({
    environment: 'REQUEST_TIMEOUT',
    yaml: 'server.requestTimeout',
    schema: duration('1s', '10m'),
    standard: '15s',
    about: 'How long a client may take to send a request.',
  }),

  repository: row({
    environment: 'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME',
    yaml: 'backup.repositoryName',
    schema: repositoryName,
    standard: undefined,
    about: 'Snapshot repository that backups are written to. Without it a backup is refused.',
  }),
  optimizeVersion: row({
    environment: 'CAMUNDA_OPTIMIZE_VERSION',
    yaml: 'optimize.version',
    schema: optimizeVersion,
    standard: undefined,
    about: "Version in the snapshot names; without it the one in Optimize's metadata index.",
  }),
  optimizeUrl: row({
    environment: 'CAMUNDA_OPTIMIZE_URL',
    yaml: 'optimize.url',
    schema: url('http', 'https'),
    standard: undefined,
    secret: true,
    about: 'Where Optimize answers: while it does, no restore in place begins. Without it nobody is asked.',
  }),
  optimizeGatewayError: row({
    environment: 'CAMUNDA_OPTIMIZE_GATEWAY_ERROR',
    yaml: 'optimize.gatewayError',
    schema: choice(['running', 'stopped']),
    standard: 'running',
    about:
      'What 502, 503 and 504 from `CAMUNDA_OPTIMIZE_URL` mean. `stopped` where the URL leads to an ingress, which answers so when no Optimize is behind it.',
  }),
  indexPrefix: row({
    environment: 'CAMUNDA_OPTIMIZE_INDEX_PREFIX',
    yaml: 'optimize.indexPrefix',
    schema: lowerCaseName,
    standard: 'optimize',
    about: "What Optimize's index names begin with.",
  }),

  databaseUrl: row({
    environment: 'DATABASE_URL',
    yaml: 'database.url',
    schema: postgresUrl,
    standard: undefined,
    required: true,
    secret: true,
    address: true,
    about: 'PostgreSQL, 13 or newer. TLS by `sslmode` in the URL.',
  }),
  databaseOwnerUrl: row({
    environment: 'DATABASE_OWNER_URL',
    yaml: 'database.ownerUrl',
    schema: postgresUrl,
    standard: undefined,
    secret: true,
    address: true,
    about:
      'Who owns the tables. `npm run migrate` connects with it, and gives the role of `DATABASE_URL` what the apps need: that one can then never change an event. Unset: one role is both.',
  }),
  databaseCa: row({
    environment: 'DATABASE_CA_FILE',
    yaml: 'database.caFile',
    schema: text,
    standard: undefined,
    file: true,
    about: "Certificate authority that PostgreSQL's certificate is checked against; turns TLS on.",
  }),
  databasePool: row({
    environment: 'DATABASE_POOL_SIZE',
    yaml: 'database.poolSize',
    schema: wholeNumber(1, 500),
    standard: '10',
    about: 'Connections per process.',
  }),
  databaseConnectMs: row({
    environment: 'DATABASE_CONNECT_TIMEOUT',
    yaml: 'database.connectTimeout',
    schema: duration('50ms', '5m'),
    standard: '2s',
    about: 'Longest wait for a connection to PostgreSQL.',
  }),
  databaseQueryMs: row({
    environment: 'DATABASE_QUERY_TIMEOUT',
    yaml: 'database.queryTimeout',
    schema: duration('50ms', '10m'),
    standard: '5s',
    about: 'Longest wait for a statement.',
  }),
  databaseSearchMs: row({
    environment: 'DATABASE_SEARCH_TIMEOUT',
    yaml: 'database.searchTimeout',
    schema: duration('50ms', '10m'),
    standard: '10s',
    about: 'Longest wait for a search through the history; what takes longer is answered 422.',
  }),
  databasePrepared: row({
    environment: 'DATABASE_PREPARED_STATEMENTS',
    yaml: 'database.preparedStatements',
    schema: choice(['auto', 'on', 'off']),
    standard: 'auto',
    about:
      '`auto`: prepared unless a pooler is in between. `on` also behind one that follows prepared statements (PgBouncer 1.21 with `max_prepared_statements`).',
  }),

  historyRollbackToleranceMs: row({
    environment: 'HISTORY_ROLLBACK_TOLERANCE',
    yaml: 'history.rollbackTolerance',
    schema: duration('0ms', '7d'),
    standard: '5m',
    about:
      'Where PostgreSQL was put back to an earlier state and less than this is lost (a failover to an asynchronous replica), only deletions and restores with deletions are suspended; else every open operation.',
  }),

  redisUrl: row({
    environment: 'REDIS_URL',
    yaml: 'redis.url',
    schema: redisUrl,
    standard: undefined,
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
    standard: undefined,
    secret: true,
    about: 'What the Sentinels ask for, where they do; the password of Redis is part of `REDIS_URL`.',
  }),
  redisCa: row({
    environment: 'REDIS_CA_FILE',
    yaml: 'redis.caFile',
    schema: text,
    standard: undefined,
    file: true,
    about: "Certificate authority that Redis's certificate is checked against.",
  }),
  redisPrefix: row({
    environment: 'REDIS_PREFIX',
    yaml: 'redis.prefix',
    schema: text,
    standard: '{tandem}',
    about:
      'What keys begin with. In braces, so that a Redis Cluster keeps them together; there they are added where they lack.',
  }),
  redisConnectMs: row({
    environment: 'REDIS_CONNECT_TIMEOUT',
    yaml: 'redis.connectTimeout',
    schema: duration('50ms', '5m'),
    standard: '2s',
    about: 'Longest wait for a connection to Redis.',
  }),
  redisCommandMs: row({
    environment: 'REDIS_COMMAND_TIMEOUT',
    yaml: 'redis.commandTimeout',
    schema: duration('50ms', '5m'),
    standard: '2s',
    about: 'Longest wait for an answer of Redis, where a caller waits.',
  }),

  elasticsearchUrl: row({
    environment: 'ELASTICSEARCH_URL',
    yaml: 'elasticsearch.url',
    schema: urls('http', 'https'),
    standard: undefined,
    secret: true,
    address: true,
    about:
      'Elasticsearch 7.17, 8 or 9; several addresses of one cluster joined by commas. This or `OPENSEARCH_URL`, not both.',
  }),
  opensearchUrl: row({
    environment: 'OPENSEARCH_URL',
    yaml: 'opensearch.url',
    schema: url('http', 'https'),
    standard: undefined,
    secret: true,
    address: true,
    about: 'OpenSearch; not supported yet, a start with it says so.',
  }),
  engineUsername: row({
    environment: 'ENGINE_USERNAME',
    yaml: 'engine.username',
    schema: text,
    standard: undefined,
    about: 'User of the engine; goes with a password.',
  }),
  enginePassword: row({
    environment: 'ENGINE_PASSWORD',
    yaml: 'engine.password',
    schema: text,
    standard: undefined,
    secret: true,
    about: 'Password of that user.',
  }),
  engineApiKey: row({
    environment: 'ENGINE_API_KEY',
    yaml: 'engine.apiKey',
    schema: text,
    standard: undefined,
    secret: true,
    about: 'API key of the engine, instead of a user.',
  }),
  engineCa: row({
    environment: 'ENGINE_CA_FILE',
    yaml: 'engine.caFile',
    schema: text,
    standard: undefined,
    file: true,
    about: "Certificate authority that the engine's certificate is checked against.",
  }),
  engineRequestMs: row({
    environment: 'ENGINE_REQUEST_TIMEOUT',
    yaml: 'engine.requestTimeout',
    schema: duration('50ms', '10m'),
    standard: '10s',
    about: 'Longest wait for an answer of the engine.',
  }),
  engineMasterMs: row({
    environment: 'ENGINE_MASTER_TIMEOUT',
    yaml: 'engine.masterTimeout',
    schema: duration('1s', '10m'),
    standard: '8s',
    about: "Longest wait inside the engine for its elected master; below the engine's request time-out.",
  }),

  concurrency: row({
    environment: 'WORKER_CONCURRENCY',
    yaml: 'worker.concurrency',
    schema: wholeNumber(1, 1000),
    standard: '20',
    about: 'Ticks that one worker does at once.',
  }),
  createsPerRepository: row({
    environment: 'CREATES_PER_REPOSITORY',
    yaml: 'worker.createsPerRepository',
    schema: wholeNumber(1, 100),
    standard: '1',
    about: 'Backups that may be made at once in one repository; the others wait in the order they came.',
  }),
  leaseMs: row({
    environment: 'LEASE_DURATION',
    yaml: 'worker.leaseDuration',
    schema: duration('1s', '10m'),
    standard: '3s',
    about: 'How long a worker that stopped answering keeps an operation.',
  }),
  sweepIntervalMs: row({
    environment: 'SWEEP_INTERVAL',
    yaml: 'worker.sweepInterval',
    schema: duration('100ms', '10m'),
    standard: '1s',
    about: 'How often PostgreSQL is asked for operations that no job works on.',
  }),
  suspendAfterMs: row({
    environment: 'SUSPEND_AFTER',
    yaml: 'worker.suspendAfter',
    schema: duration('1m', '30d'),
    standard: '12h',
    about:
      'A backup or deletion that was due for so long and that no worker claimed is suspended until an operator releases it.',
  }),
  sealIntervalMs: row({
    environment: 'SEAL_INTERVAL',
    yaml: 'worker.sealInterval',
    schema: duration('100ms', '1h'),
    standard: '10s',
    about: 'How often new events are sealed: for so long a change of them cannot be told.',
  }),
  sealKey: row({
    environment: 'SEAL_KEY_FILE',
    yaml: 'worker.sealKeyFile',
    schema: text,
    standard: undefined,
    file: true,
    about:
      'Ed25519 private key (PEM) that seals are signed with; of the worker alone. Without it seals are not signed.',
  }),
  restoreExpiryMs: row({
    environment: 'RESTORE_EXPIRY',
    yaml: 'worker.restoreExpiry',
    schema: duration('1s', '30d'),
    standard: '1h',
    about:
      'How long a restore may go without progress before its first write to the indices; then it ends FAILED and needs a new plan.',
  }),
  interruptedRetryDelayMs: row({
    environment: 'INTERRUPTED_RETRY_DELAY',
    yaml: 'worker.interruptedRetryDelay',
    schema: duration('100ms', '1h'),
    standard: '1m',
    about:
      'The wait before a part is tried again that met shards without a primary, or a node that left: three tries in all, while a node restarts.',
  }),
  reconcileIntervalMs: row({
    environment: 'RECONCILE_INTERVAL',
    yaml: 'worker.reconcileInterval',
    schema: durationOrOff('1s', '7d'),
    standard: '10m',
    about: 'How often the history is compared with what the repositories hold; `off`: only when asked to.',
  }),
  jobLockMs: row({
    environment: 'JOB_LOCK_DURATION',
    yaml: 'worker.jobLockDuration',
    schema: duration('1s', '10m'),
    standard: '10s',
    about: "BullMQ's lock on a job.",
  }),
  stalledCheckIntervalMs: row({
    environment: 'STALLED_CHECK_INTERVAL',
    yaml: 'worker.stalledCheckInterval',
    schema: duration('1s', '10m'),
    standard: '5s',
    about: 'How often BullMQ looks for jobs of dead workers.',
  }),

  pollIntervalMinMs: row({
    environment: 'POLL_INTERVAL_MIN',
    yaml: 'polling.intervalMin',
    schema: duration('10ms', '10m'),
    standard: '50ms',
    about: 'First wait before a running snapshot is looked at again.',
  }),
  pollIntervalMaxMs: row({
    environment: 'POLL_INTERVAL_MAX',
    yaml: 'polling.intervalMax',
    schema: duration('10ms', '1h'),
    standard: '10s',
    about: 'Longest such wait; between the two it is a twentieth of the time the snapshot has been running.',
  }),

  ...retrySettings,
};
