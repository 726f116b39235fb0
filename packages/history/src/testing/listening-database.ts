import type pg from 'pg';
import { type Database, type DatabaseOptions, databaseOn, openPool } from '../postgres/connection/open-database.ts';

export type Heard = { readonly statement: string; readonly parameters: readonly unknown[] };

/** A database that reports each statement it sends, whether Prisma's client or `ask` made it. */
export const listeningDatabase = (options: DatabaseOptions, onStatement: (heard: Heard) => void): Database => {
  const pool = openPool(options);
  const query = pool.query.bind(pool) as (sent: pg.QueryConfig) => Promise<pg.QueryResult>;
  const listening = (sent: pg.QueryConfig) => {
    onStatement({ statement: sent.text, parameters: sent.values ?? [] });
    return query(sent);
  };
  pool.query = listening as typeof pool.query;
  return databaseOn(pool, options);
};
