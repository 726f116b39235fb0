import type { History } from '@tandem/history/ports/history.ts';
import { databaseOn } from '@tandem/history/postgres/connection/open-database.ts';
import { historyOn } from '@tandem/history/postgres/prisma-history.ts';
import { Pool } from 'pg';

export type OneConnection = {
  /** As in the API: searches are planned each time, all other statements once. */
  readonly history: History;
  /** The same connection that the history uses. */
  readonly pool: Pool;
  close(): Promise<void>;
};

/** The history and what it is compared with, alternating on one connection. */
export const oneConnection = (url: string): OneConnection => {
  const pool = new Pool({ connectionString: url, max: 1, application_name: 'tandem-bench' });
  const database = databaseOn(pool, { preparedStatements: true });
  const searches = databaseOn(pool, { preparedStatements: false });
  return { history: historyOn(database, undefined, searches), pool, close: () => database.close() };
};
