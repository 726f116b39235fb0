import type { Client } from 'pg';
import type { Migration } from './migration-folder.ts';

type LedgerRow = { readonly name: string; readonly checksum: string; readonly finished: boolean };

/** What _prisma_migrations says of this version's migrations. */
export type Ledger = {
  /** Oldest first. */
  readonly pending: readonly string[];
  /** Applied with another content than the folder has now. */
  readonly changed: readonly string[];
  /** Begun and never finished: the process that ran them died. */
  readonly interrupted: readonly string[];
};

const NOTHING: readonly LedgerRow[] = [];

const readRows = async (client: Client): Promise<readonly LedgerRow[]> => {
  const table = await client.query<{ present: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present`,
  );
  if (table.rows[0]?.present !== true) return NOTHING;
  const { rows } = await client.query<LedgerRow>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  return rows;
};

/** Compares the database with the folder, by name and checksum. Migrations of a newer version are left alone. */
export const readLedger = async (client: Client, migrations: readonly Migration[]): Promise<Ledger> => {
  const rows = await readRows(client);
  const finished = new Map(rows.filter((row) => row.finished).map((row) => [row.name, row.checksum]));
  return {
    pending: migrations.filter(({ name }) => !finished.has(name)).map(({ name }) => name),
    changed: migrations
      .filter(({ name, checksum }) => finished.has(name) && finished.get(name) !== checksum)
      .map(({ name }) => name),
    interrupted: rows.filter((row) => !row.finished).map((row) => row.name),
  };
};

/**
 * An interrupted migration left nothing behind but its row: its script and its end are one transaction (schema-engine.ts). Prisma
 * refuses to go on until the row is marked.
 */
export const forgetInterrupted = async (client: Client): Promise<void> => {
  await client.query(
    `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  );
};
