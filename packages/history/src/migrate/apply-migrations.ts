import pg from 'pg';
import type { Migration } from './migration-folder.ts';
import { createLedger, finishedStatement, readLedger, recordFailed, recordStarted } from './migration-ledger.ts';

const silent = (): void => undefined;

/** A script did not end (`cause`): PostgreSQL rejected it or was lost. Nothing of it was kept, unless the connection broke just after its end. */
export class ScriptFailure extends Error {
  override readonly name = 'ScriptFailure';
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Runs one script as one transaction that also records its end: several statements in one query are a transaction of their own. A crash therefore
 * leaves all of it or nothing but the row that says it was started.
 */
const apply = async (client: pg.Client, ledger: pg.Client, migration: Migration): Promise<void> => {
  const id = await recordStarted(ledger, migration);
  try {
    await client.query(`${migration.sql}\n;${finishedStatement(id)}`);
  } catch (error) {
    // a row without the reason counts as interrupted
    await recordFailed(ledger, id, messageOf(error)).catch(silent);
    throw new ScriptFailure(`${migration.name}: ${messageOf(error)}`, { cause: error });
  }
};

/**
 * Applies pending migrations, oldest first, and records each as Prisma does, so that `prisma migrate deploy` and this can take over from each other.
 * `connection`: for the scripts, with their time-outs. `ledger`: another connection, whose session holds the lock. Rejects with ScriptFailure.
 */
export const applyMigrations = async (
  connection: pg.ClientConfig,
  migrations: readonly Migration[],
  ledger: pg.Client,
): Promise<void> => {
  const client = new pg.Client(connection);
  // a lost connection also fails the query that runs
  client.on('error', silent);
  try {
    await client.connect();
    await createLedger(ledger);
    const pending = new Set((await readLedger(ledger, migrations)).pending);
    for (const migration of migrations.filter(({ name }) => pending.has(name))) await apply(client, ledger, migration);
  } finally {
    await client.end();
  }
};
