import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type pg from 'pg';
import { PrismaClient } from '../../generated/client.ts';
import type { Statement } from '../sql/statement.ts';
import { asHistoryFailure } from './database-failure.ts';
import { isWrite, openStatementPool, serverTimeoutMs } from './statement-pool.ts';

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

/**
 * The tables that Prisma's client may read and write. The others are missing on purpose: what the client cannot do with them, and why, is in
 * docs/decisions/0027.
 */
type Models = Pick<
  PrismaClient,
  | 'attempt'
  | 'backup'
  | 'changedRepository'
  | 'doctorRun'
  | 'event'
  | 'idempotencyKey'
  | 'reconciliation'
  | 'repositoryVerification'
>;

export interface Database {
  /**
   * Plain reads and single-row writes of one table, typed by the schema: each call is one statement. Rejects as `ask` does. Use findFirst rather than
   * findUnique, which the client batches into lists of any length, and pass no time as a value: the client drops its zone.
   */
  readonly models: Models;
  /**
   * Runs a statement that returns one row with one column, `answer`. Undefined: it returned no row. Rejects with HISTORY_UNREACHABLE,
   * VALUE_REFUSED or, if the statement is at fault, with Prisma's error.
   */
  ask<Answer>(statement: Statement<Answer>, ...parameters: readonly unknown[]): Promise<Answer | undefined>;
  close(): Promise<void>;
}

export const openPool = (options: DatabaseOptions): pg.Pool => {
  const pool = openStatementPool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeoutMs,
    query_timeout: options.queryTimeoutMs,
    statementTimeoutMs: options.statementTimeoutMs ?? serverTimeoutMs(options.queryTimeoutMs),
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

/** A hold without an end is until infinity, which no Date can be. */
const OMITTED = { backup: { heldUntil: true } } as const;

/** Uses existing connections, which are closed with it. */
export const databaseOn = (
  pool: pg.Pool,
  { preparedStatements }: Pick<DatabaseOptions, 'preparedStatements'>,
): Database => {
  const named = preparedStatements === false ? {} : { statementNameGenerator: statementNames() };
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, named), errorFormat: 'minimal', omit: OMITTED });
  const models = prisma.$extends({ query: { $allModels: { $allOperations: failingAsHistory } } });
  return {
    models: models as unknown as Models,
    ask: async <Answer>(statement: Statement<Answer>, ...parameters: readonly unknown[]) => {
      try {
        const rows = await prisma.$queryRawUnsafe<{ answer: Answer }[]>(statement, ...parameters);
        return rows[0]?.answer;
      } catch (error) {
        throw asHistoryFailure(error, isWrite(statement));
      }
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
};

const READS = /^(find|count|aggregate|groupBy)/;

type Call = {
  readonly operation: string;
  readonly args: unknown;
  readonly query: (args: unknown) => Promise<unknown>;
};

const failingAsHistory = async ({ operation, args, query }: Call): Promise<unknown> => {
  try {
    return await query(args);
  } catch (error) {
    throw asHistoryFailure(error, !READS.test(operation));
  }
};
