import { row } from '../setting.ts';
import { choice, duration, integer, postgresUrl, text } from './setting-kinds.ts';

/** PostgreSQL. */
export const databaseSettings = {
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
    schema: integer(1, 500),
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
};
