import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Migration } from './migration-folder.ts';

type LedgerRow = {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
  readonly startedAt: Date;
  readonly logs: string | null;
};

export type FailedMigration = { readonly name: string; readonly startedAt: Date; readonly reason: string };

/** The content of _prisma_migrations, compared with the migrations of this version. */
export type Ledger = {
  /** Oldest first. */
  readonly pending: readonly string[];
  /** Applied with another content than the folder has now. */
  readonly changed: readonly string[];
  /** Started and not finished, with nothing left behind: the process died, or PostgreSQL rejected the script. */
  readonly interrupted: readonly string[];
  /** Failed under Prisma, which commits statement by statement: part of the script may have been applied. */
  readonly failed: readonly FailedMigration[];
  /** Applied by a newer version, which this one does not know. */
  readonly unknown: readonly string[];
};

// As Prisma creates it.
const CREATE_LEDGER = `
CREATE TABLE _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/** First line of the logs of a migration that failed here; sets it apart from one that failed under Prisma. */
const ROLLED_BACK = 'Tandem rolled the script back completely and applies it again in its next run.';

const hasLedger = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ present: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present`,
  );
  return rows[0]?.present === true;
};

export const createLedger = async (client: pg.Client): Promise<void> => {
  if (!(await hasLedger(client))) await client.query(CREATE_LEDGER);
};

const readRows = async (client: pg.Client): Promise<readonly LedgerRow[]> => {
  if (!(await hasLedger(client))) return [];
  const { rows } = await client.query<LedgerRow>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished, started_at AS "startedAt", logs
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
};

const failedUnderPrisma = ({ finished, logs }: LedgerRow): boolean =>
  !finished && logs !== null && logs !== '' && !logs.startsWith(ROLLED_BACK);

/** The second line: Prisma's first names the component. */
const reasonOf = ({ logs }: LedgerRow): string => {
  const lines = (logs ?? '').split('\n').filter((line) => line.trim() !== '');
  return (lines[1] ?? lines[0] ?? '').trim();
};

/** Compares the database with the folder, by name and checksum. */
export const readLedger = async (client: pg.Client, migrations: readonly Migration[]): Promise<Ledger> => {
  const rows = await readRows(client);
  const known = new Set(migrations.map(({ name }) => name));
  const finished = new Map(rows.filter((row) => row.finished).map((row) => [row.name, row.checksum]));
  const failed = rows.filter(failedUnderPrisma);
  return {
    pending: migrations.filter(({ name }) => !finished.has(name)).map(({ name }) => name),
    changed: migrations
      .filter(({ name, checksum }) => finished.has(name) && finished.get(name) !== checksum)
      .map(({ name }) => name),
    interrupted: rows.filter((row) => !row.finished && !failed.includes(row)).map(({ name }) => name),
    failed: failed.map((row) => ({ name: row.name, startedAt: row.startedAt, reason: reasonOf(row) })),
    unknown: [...finished.keys()].filter((name) => !known.has(name)),
  };
};

/** Tables in the schema of a database that was never migrated: they belong to another program. */
export const foreignTables = async (client: pg.Client): Promise<readonly string[]> => {
  if (await hasLedger(client)) return [];
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname`,
  );
  return rows.map(({ name }) => name);
};

/** Returns the id of its row. */
export const recordStarted = async (client: pg.Client, { name, checksum }: Migration): Promise<string> => {
  const id = randomUUID();
  await client.query(
    'INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name) VALUES ($1, $2, clock_timestamp(), $3)',
    [id, checksum, name],
  );
  return id;
};

/** For the end of the script, whose transaction began long before. */
export const finishedStatement = (id: string): string =>
  `UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = applied_steps_count + 1 WHERE id = ${pg.escapeLiteral(id)}`;

export const recordFailed = async (client: pg.Client, id: string, reason: string): Promise<void> => {
  await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1 AND finished_at IS NULL', [
    id,
    `${ROLLED_BACK}\n${reason}`,
  ]);
};

/**
 * An interrupted migration left nothing behind but its row, since its script and its end are one transaction (apply-migrations.ts). Prisma refuses to
 * continue until the row is marked.
 */
export const forgetInterrupted = async (client: pg.Client): Promise<void> => {
  await client.query(
    `UPDATE _prisma_migrations SET rolled_back_at = now()
     WHERE finished_at IS NULL AND rolled_back_at IS NULL AND (coalesce(logs, '') = '' OR starts_with(logs, $1))`,
    [ROLLED_BACK],
  );
};
