import pg from 'pg';
import { NotConnected, Unanswered } from './unanswered.ts';

type PoolOptions = pg.PoolConfig & {
  /** In PostgreSQL; `query_timeout` is that of the client. */
  readonly statementTimeoutMs: number;
  /** false: never prepared. Undefined: prepared unless a pooler is in between, which may not support it. */
  readonly preparedStatements?: boolean | undefined;
};

type Query = pg.QueryArrayConfig | pg.QueryConfig;

/** For connections through a pooler: the statement that begins their transactions. */
const pooled = new WeakMap<pg.ClientBase, { readonly begin: string; readonly prepared: boolean }>();

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
      pooled.set(client, { begin, prepared: preparedStatements === true });
    },
  });
  const query = async (asked: string | Query, values: unknown[] = []) => {
    const isBusy = pool.totalCount >= (config.max ?? 1) && pool.idleCount === 0;
    const client = await pool.connect().catch((error: unknown) => {
      throw new NotConnected(error, isBusy ? config.max : undefined);
    });
    try {
      const result = await send(client, typeof asked === 'string' ? { text: asked, values } : asked);
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

/** One statement, in a transaction of its own. `onProcess`: called with the PostgreSQL process that runs it. */
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
  // pg returns an array for a script of several statements, which its types do not declare
  const begun = [await client.query<{ pid: number }>(limits.begin)].flat();
  onProcess?.(begun.at(-1)?.rows[0]?.pid ?? 0);
  const result = await client.query<Row>(limits.prepared ? query : unnamed(query));
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

/** pg does not type the process id that PostgreSQL sends at the start of a connection. */
const numberOf = (client: pg.ClientBase): number => (client as { readonly processID?: number | null }).processID ?? 0;
