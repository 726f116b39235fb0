import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inCheckout } from '../paths.ts';
import { withDatabase } from './database.ts';

/** What the version of a commit left behind, by e2e/upgrade/record.mjs. */
export type StoredData = {
  /** The data of the database, for tables as that version's migrations leave them. */
  readonly sql: string;
  /** Of the cluster that it was recorded on. */
  readonly clusterUuid: string;
  /** Into a database that is there and empty. */
  readonly load: (serverUrl: string, database: string) => Promise<void>;
  /** The repository's files, into a new folder. */
  readonly unpackRepository: (folder: string) => void;
};

// Prisma's, which no migration creates.
const LEDGER = `CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

export const storedData = (commit: string): StoredData => {
  const folder = inCheckout(`e2e/upgrade/${commit}`);
  const sql = readFileSync(join(folder, 'database.sql'), 'utf8');
  const migrations = [...sql.matchAll(/"migration_name":"(\w+)"/g)].map(([, name]) => name ?? '').sort();
  return {
    sql,
    clusterUuid: /"cluster_uuid":"([^"]+)"/.exec(sql)?.[1] ?? '',
    load: async (serverUrl, database) => {
      const client = new pg.Client({ connectionString: withDatabase(serverUrl, database) });
      await client.connect();
      try {
        await client.query(LEDGER);
        for (const name of migrations) {
          await client.query(readFileSync(inCheckout(`prisma/migrations/${name}/migration.sql`), 'utf8'));
        }
        await client.query(sql);
      } finally {
        await client.end();
      }
    },
    unpackRepository: (target) => {
      mkdirSync(target, { recursive: true });
      execFileSync('tar', ['-xzf', join(folder, 'repository.tar.gz'), '-C', target]);
    },
  };
};
