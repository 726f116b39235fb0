import pg from 'pg';
import { migrate } from '../migrate/migrate.ts';
import { fillHistory } from './fill/fill-history.ts';
import type { RealPostgres } from './real-postgres.ts';

/** A database of its own with a history of so many backups, as bench/history fills it. Answers its URL. */
export const filledDatabase = async (postgres: RealPostgres, backups: number): Promise<string> => {
  const url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined });
  const clients = [1, 2].map(() => new pg.Client({ connectionString: url }));
  try {
    for (const client of clients) await client.connect();
    await fillHistory({ backups, clients });
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  return url;
};
