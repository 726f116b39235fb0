import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type pg from 'pg';
import { PrismaClient } from '../../generated/client.ts';
import { asHistoryFailure } from './database-failure.ts';
import { openStatementPool } from './statement-pool.ts';

export type DatabaseOptions = {
  readonly url: string;
  /** Max number of connections. */
  readonly poolSize: number;
  /** Max wait for a connection of the pool, new or released. */
  readonly connectTimeoutMs: number;
  /** Time-out of a statement, in PostgreSQL and in the client. */
  readonly queryTimeoutMs: number;
  /** Time-out in PostgreSQL only, if it should be shorter. */
  readonly statementTimeoutMs?: number;
  /** The TLS options of `pg`. */
  readonly ssl?: pg.ClientConfig['ssl'];
  /**
   * Undefined: prepared unless a pooler is in between. PostgreSQL plans a prepared statement once per connection, which doubles the rate of
   * writes; poolers in transaction mode may not follow them (PgBouncer before 1.21).
   */
  readonly preparedStatements?: boolean | undefined;
  /** The application name of its connections. */
  readonly applicationName?: string;
  /** Called for connections that were lost while idle; the pool replaces them. */
  readonly onConnectionLost?: (error: Error) => void;
};

export interface Database {
  /**
   * Runs a statement that returns one row with one column, `answer`. Undefined: it returned no row. Rejects with HISTORY_UNREACHABLE,
   * VALUE_REFUSED or, if the statement is at fault, with Prisma's error.
   */
  ask<Answer>(statement: string, ...parameters: readonly unknown[]): Promise<Answer | undefined>;
  close(): Promise<void>;
}

/** PostgreSQL times out before the client, so that the statement is known not to have taken effect. */
const SERVER_SHARE = 0.9;

export const openPool = (options: DatabaseOptions): pg.Pool => {
  const pool = openStatementPool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeoutMs,
    query_timeout: options.queryTimeoutMs,
    statementTimeoutMs: options.statementTimeoutMs ?? Math.ceil(options.queryTimeoutMs * SERVER_SHARE),
    preparedStatements: options.preparedStatements,
    application_name: options.applicationName ?? 'tandem',
    keepAlive: true,
    ...omitUndefined({ ssl: options.ssl }),
  });
  const lost = (error: Error): void => options.onConnectionLost?.(error);
  // Without listeners a lost connection would end the process: an idle one emits the error on the pool, one in use on itself.
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
};

/** A name per text: PostgreSQL keeps the plan under it. */
const statementNames = () => {
  const names = new Map<string, string>();
  return ({ sql }: { readonly sql: string }): string => {
    const name = names.get(sql) ?? `tandem_${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`;
    names.set(sql, name);
    return name;
  };
};

export const openDatabase = (options: DatabaseOptions): Database => databaseOn(openPool(options), options);

/** For a statement that changes rows. */
const WRITES = /\b(INSERT INTO|UPDATE|DELETE FROM)\b/;

/** Uses existing connections, which are closed with it. */
export const databaseOn = (
  pool: pg.Pool,
  { preparedStatements }: Pick<DatabaseOptions, 'preparedStatements'>,
): Database => {
  const named = preparedStatements === false ? {} : { statementNameGenerator: statementNames() };
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, named) });
  return {
    ask: async <Answer>(statement: string, ...parameters: readonly unknown[]) => {
      try {
        const rows = await prisma.$queryRawUnsafe<{ answer: Answer }[]>(statement, ...parameters);
        return rows[0]?.answer;
      } catch (error) {
        throw asHistoryFailure(error, WRITES.test(statement));
      }
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
};
