import type { Client } from 'pg';
import { setForSession } from '../postgres/connection/statement-pool.ts';

/** Undefined: the connection leads directly to PostgreSQL, and its database is suitable. Otherwise the problem and the remedy. */
export const notMigratable = async (client: Client, statementTimeoutMs: number): Promise<string | undefined> => {
  if (!(await setForSession(client, statementTimeoutMs))) {
    return 'The connection goes through a pooler (PgBouncer or another), and a migration holds a lock and time-outs for its session. Point DATABASE_OWNER_URL at PostgreSQL itself; DATABASE_URL may lead to the pooler.';
  }
  const { rows } = await client.query<{ encoding: string; name: string }>(
    `SELECT current_setting('server_encoding') AS encoding, current_database() AS name`,
  );
  const { encoding, name } = rows[0] ?? { encoding: 'unknown', name: '' };
  if (encoding === 'UTF8') return undefined;
  return `The database "${name}" has the encoding ${encoding}, which cannot store every name and reason. Create one with UTF8: CREATE DATABASE "${name}" ENCODING 'UTF8' TEMPLATE template0;`;
};
