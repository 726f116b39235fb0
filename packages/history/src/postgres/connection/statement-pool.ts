import pg from 'pg';
import { NotConnected, Unanswered } from './unanswered.ts';
import { withZones } from './zoned-times.ts';

type PoolOptions = pg.PoolConfig & {
  /** In PostgreSQL; `query_timeout` is that of the client. */
  readonly statementTimeoutMs: number;
  /** false: never prepared. Undefined: prepared unless a pooler is in between, which may not support it. */
  readonly preparedStatements?: boolean | undefined;
};

/** PostgreSQL times out before the client, so that the statement is known not to have taken effect. */
const SERVER_SHARE = 0.9;

/** The limit in PostgreSQL for a statement that its client waits so long for. */
export const serverTimeoutMs = (queryTimeoutMs: number): number => Math.ceil(queryTimeoutMs * SERVER_SHARE);

type Query = pg.QueryArrayConfig | pg.QueryConfig;

type Pooled = {
  /** What begins a transaction. */
  readonly begin: string;
  readonly prepared: boolean;
  /** The role's own statement_timeout is that of the pool: a read needs no transaction to set it. */
  readonly isLimited: boolean;
};

/** For connections through a pooler. */
const pooled = new WeakMap<pg.ClientBase, Pooled>();

/** True for a statement that changes rows. */
export const isWrite = (statement: string): boolean => /\b(INSERT INTO|UPDATE|DELETE FROM)\b/.test(statement);

/**
 * Connections on which the time-outs hold, also behind a pooler in transaction mode: such a pooler refuses them as start-up parameters, and
 * would share session settings with other clients. `query` rejects with NotConnected, Unanswered, or the error of PostgreSQL.
 */
export const openStatementPool = ({ statementTimeoutMs, preparedStatements, ...config }: PoolOptions): pg.Pool => {
  const begin = `BEGIN; SET LOCAL statement_timeout = ${statementTimeoutMs}; SET LOCAL idle_in_transaction_session_timeout = ${statementTimeoutMs}; SELECT pg_backend_pid() AS pid`;
  const pool = new pg.Pool({
    ...config,
    onConnect: async (client) => {
      if (await setForSession(client, statementTimeoutMs)) return;
      const isLimited = (await roleTimeoutMs(client)) === statementTimeoutMs;
      pooled.set(client, { begin, prepared: preparedStatements === true, isLimited });
    },
  });
  const query = async (statement: string | Query, values: unknown[] = []) => {
    const isBusy = pool.totalCount >= (config.max ?? 1) && pool.idleCount === 0;
    const client = await pool.connect().catch((error: unknown) => {
      throw new NotConnected(error, isBusy ? config.max : undefined);
    });
    try {
      const result = await send(
        client,
        withZones(typeof statement === 'string' ? { text: statement, values } : statement),
      );
      client.release();
      return result;
    } catch (error) {
      client.release(!(await isUsable(client, error)));
      throw isFromServer(error) || error instanceof Unanswered ? error : new Unanswered(error);
    }
  };
  pool.query = query as typeof pool.query;
  return pool;
};

/**
 * One statement, in a transaction of its own; through a pooler a read in none if its role has the timeout. `onProcess`: called with the
 * PostgreSQL process that runs it.
 */
export const send = async <Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  query: Query,
  onProcess?: (pid: number) => void,
): Promise<pg.QueryResult<Row>> => {
  const limits = pooled.get(client);
  if (limits === undefined) {
    onProcess?.(numberOf(client));
    return client.query<Row>(query).catch(unlessVerdict(LOST));
  }
  const sent = limits.prepared ? query : unnamed(query);
  if (limits.isLimited && onProcess === undefined && !isWrite(query.text)) {
    return client.query<Row>(sent).catch(unlessVerdict(LOST));
  }
  // pg returns an array for a script of several statements, which its types do not declare
  const begun = [await client.query<{ pid: number }>(limits.begin)].flat();
  onProcess?.(begun.at(-1)?.rows[0]?.pid ?? 0);
  const result = await client.query<Row>(sent);
  await client.query('COMMIT').catch(unlessVerdict(LOST_AT_COMMIT));
  return result;
};

/** SQLSTATE 08: reported by a pooler that lost PostgreSQL. */
const LOST = /^08/;

/** 57P: PostgreSQL is stopping, maybe after it has committed. */
const LOST_AT_COMMIT = /^(08|57P)/;

/** Rejects with the error, or with Unanswered if it is unknown whether the statement took effect. */
const unlessVerdict =
  (lost: RegExp) =>
  (error: unknown): never => {
    throw isFromServer(error) && lost.test(error.code ?? '') ? new Unanswered(error) : error;
  };

const unnamed = ({ name: _, ...query }: pg.QueryConfig): Query => query;

/** PostgreSQL, or a pooler on its behalf, responded. */
const isFromServer = (error: unknown): error is pg.DatabaseError => error instanceof pg.DatabaseError;

/** SQLSTATE of errors that end the connection, or leave it in doubt. The severity is not usable: it is localized. */
const ENDS_CONNECTION = /^(08|57P|XX|25P03|25P04)/;

const isUsable = async (client: pg.PoolClient, error: unknown): Promise<boolean> => {
  if (!isFromServer(error) || ENDS_CONNECTION.test(error.code ?? '')) return false;
  if (!pooled.has(client)) return true;
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
};

const SET_FOR_SESSION = `
SELECT set_config('statement_timeout', $1, false), set_config('idle_in_transaction_session_timeout', $1, false) WHERE pg_backend_pid() = $2`;

/**
 * False, with nothing set: a pooler is in between, because the process id that the connection was given at its start is not that of a
 * PostgreSQL process.
 */
export const setForSession = async (client: pg.ClientBase, timeoutMs: number): Promise<boolean> => {
  const { rowCount } = await client.query(SET_FOR_SESSION, [String(timeoutMs), numberOf(client)]);
  return rowCount === 1;
};

/** What PostgreSQL limits a statement to where nothing else is set: what the migrate command sets for the role (role-timeout.ts), or 0. */
const roleTimeoutMs = async (client: pg.ClientBase): Promise<number> => {
  const { rows } = await client.query<{ ms: number }>(
    `SELECT setting::int AS ms FROM pg_settings WHERE name = 'statement_timeout'`,
  );
  return rows[0]?.ms ?? 0;
};

/** pg does not type the process id that PostgreSQL sends at the start of a connection. */
const numberOf = (client: pg.ClientBase): number => (client as { readonly processID?: number | null }).processID ?? 0;
