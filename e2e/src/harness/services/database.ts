import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { asAppRole } from '@tandem/local-stack/postgres/postgres.ts';
import pg from 'pg';
import { programs } from '../paths.ts';

export const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

/** With the role that the apps connect as, which may not change events. */
export const forApps = (serverUrl: string, database: string): string => asAppRole(withDatabase(serverUrl, database));

const asAdministrator = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 30_000 });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

export const createDatabase = (serverUrl: string, name: string): Promise<void> =>
  asAdministrator(serverUrl, `CREATE DATABASE "${name}"`);

export const createMigratedDatabase = async (serverUrl: string, name: string): Promise<void> => {
  await createDatabase(serverUrl, name);
  await migrateDatabase(serverUrl, name);
};

/** Runs the product's own migration program, as an operator would. */
export const migrateDatabase = async (serverUrl: string, name: string): Promise<void> => {
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: forApps(serverUrl, name),
    DATABASE_OWNER_URL: withDatabase(serverUrl, name),
  };
  await promisify(execFile)(process.execPath, [programs.migrate], { env, timeout: 60_000 });
};

export const copyDatabase = (serverUrl: string, template: string, name: string): Promise<void> =>
  asAdministrator(serverUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);

export const dropDatabase = (serverUrl: string, name: string): Promise<void> =>
  asAdministrator(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);

export type Row = Readonly<Record<string, unknown>>;

export type Database = {
  readonly url: string;
  readonly sql: (statement: string, ...values: readonly unknown[]) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
};

export const openDatabase = (url: string): Database => {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 10_000, query_timeout: 30_000 });
  pool.on('error', () => undefined);
  return {
    url,
    sql: async (statement, ...values) => (await pool.query(statement, [...values])).rows as Row[],
    close: () => pool.end(),
  };
};
