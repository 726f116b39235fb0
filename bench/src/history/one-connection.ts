import type { History } from '@tandem/history/ports/history.ts';
import { databaseOn } from '@tandem/history/postgres/connection/open-database.ts';
import { historyOn } from '@tandem/history/postgres/prisma-history.ts';
import { Pool } from 'pg';

export type OneConnection = {
  /** As the API has it: what searches ask is planned each time, everything else once. */
  readonly history: History;
  /** The very connection that the history asks on. */
  readonly pool: Pool;
  close(): Promise<void>;
};

/** The history and whoever is compared with it, in turn on one connection. */
export const oneConnection = (url: string): OneConnection => {
  const pool = new Pool({ connectionString: url, max: 1, application_name: 'tandem-bench' });
  const database = databaseOn(pool, { preparedStatements: true });
  const searches = databaseOn(pool, { preparedStatements: false });
  return { history: historyOn(database, undefined, searches), pool, close: () => database.close() };
};
