import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { AppRole } from '../migrate/app-role.ts';

type Server = { readonly url: string; kill(): Promise<void>; start(): Promise<void>; stop(): Promise<void> };

/** As packages/local-stack has it; test files hand it in, since nothing else may import that package. */
export type StartPostgres = (options: { directory: string; durable: boolean }) => Promise<Server>;

export type RealPostgres = {
  /** The server itself, to be killed and started again. */
  readonly server: Server;
  /** A database that nobody else uses. Answers its URL. */
  freshDatabase(): Promise<string>;
  stop(): Promise<void>;
};

/** A PostgreSQL for one test file. */
export const realPostgres = async (startPostgres: StartPostgres): Promise<RealPostgres> => {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-history-'));
  const server = await startPostgres({ directory, durable: false });
  let databases = 0;
  return {
    server,
    freshDatabase: async () => {
      databases += 1;
      const name = `history_${databases}`;
      await query(server.url, `CREATE DATABASE ${name}`);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** Whom the apps connect as. */
export const appRole: AppRole = { name: 'tandem_app', password: 'as-you-like-it' };

export const asRole = (url: string, { name, password }: AppRole): string => {
  const changed = new URL(url);
  changed.username = name;
  changed.password = password;
  return changed.href;
};

/** SQL beside the history, on a connection of its own. Answers the rows of its last statement. */
export const query = async <Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // pg answers an array where a script has several statements, which its types do not say
    const results = [await client.query<Row>(sql, values)].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
};
