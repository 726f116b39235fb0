import { nameList } from '@tandem/shared/domain/name-list.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import pg from 'pg';
import { asHistoryFailure, sqlState } from '../postgres/connection/database-failure.ts';
import { serverTimeoutMs } from '../postgres/connection/statement-pool.ts';
import { type AppRole, createRole, createRoleHint, giveRights, readRole } from './app-role.ts';
import { applyPatiently } from './apply-patiently.ts';
import { whoHolds } from './lock-holders.ts';
import { notMigratable } from './migratable.ts';
import { readMigrations } from './migration-folder.ts';
import { type FailedMigration, foreignTables, forgetInterrupted, type Ledger, readLedger } from './migration-ledger.ts';
import { hasRoleTimeout, setRoleTimeout } from './role-timeout.ts';

/** The message says what to do. */
export class MigrationFailure extends Error {
  override readonly name = 'MigrationFailure';
}

export type MigrateOptions = {
  /** The role that the apps connect as: created if it does not exist, and granted its rights. Undefined: they connect as the owner. */
  readonly appRole?: AppRole | undefined;
  /**
   * What the apps allow a statement (DATABASE_QUERY_TIMEOUT): the limit of `appRole` in PostgreSQL follows from it. Undefined: it is left as
   * it is.
   */
  readonly queryTimeoutMs?: number;
  /** Called with one line per step, for operators. */
  readonly log: (line: string) => void;
  /** How long to wait for a connection. Default 10 seconds. */
  readonly connectTimeoutMs?: number;
  /** How long to wait for another process that migrates, and for the tables. Default 2 minutes. */
  readonly lockTimeoutMs?: number;
  /** How long one statement waits for a table lock, while others queue behind it. Default 3 seconds. */
  readonly tableLockMs?: number;
  /** How long one migration may take. Default 1 hour. */
  readonly statementTimeoutMs?: number;
  /** The TLS options of `pg`. */
  readonly ssl?: pg.ClientConfig['ssl'];
};

/** Tandem's lock, and the one that Prisma's commands hold, so that `prisma migrate` and this never run at the same time. */
const LOCKS = ['8092011984', '72707369'];
const TABLE_LOCK_MS = 3_000;
const LOCK_NOT_AVAILABLE = '55P03';

const lockTimeoutMs = (options: MigrateOptions): number => options.lockTimeoutMs ?? 120_000;

const statementMs = (options: MigrateOptions): number => options.statementTimeoutMs ?? 3_600_000;

const connectionOf = (url: string, options: MigrateOptions): pg.ClientConfig => ({
  connectionString: url,
  connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
  application_name: 'tandem-migrate',
  keepAlive: true,
  ...omitUndefined({ ssl: options.ssl }),
});

/** The connection of the ledger runs short queries, and waits at most as long as for the lock. */
const ledgerConnectionOf = (url: string, options: MigrateOptions): pg.ClientConfig => ({
  ...connectionOf(url, options),
  query_timeout: lockTimeoutMs(options) + 10_000,
});

const refuseChanged = ({ changed }: Ledger): void => {
  if (changed.length === 0) return;
  throw new MigrationFailure(
    `Applied migrations differ from the files of this version: ${changed.join(', ')}. Restore the files; ` +
      'a change of the schema needs a new migration.',
  );
};

/** Prisma commits statement by statement: only an operator can determine what a failed migration left behind. */
const refuseFailed = ([first]: readonly FailedMigration[]): void => {
  if (first === undefined) return;
  const { name, startedAt, reason } = first;
  throw new MigrationFailure(
    `The migration ${name}, which Prisma started at ${startedAt.toISOString()}, failed (${reason}), and part of it may have been applied. ` +
      `Undo that part, then run UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${name}' AND finished_at IS NULL; ` +
      'and the migration again.',
  );
};

const refuseForeign = (tables: readonly string[]): void => {
  if (tables.length === 0) return;
  throw new MigrationFailure(
    `The database has tables of another program and was never migrated by Tandem: ${nameList(tables)}. ` +
      'Point DATABASE_URL and DATABASE_OWNER_URL at a database of its own.',
  );
};

const INSUFFICIENT_PRIVILEGE = '42501';

const refusing = (name: string) => (error: unknown) => {
  if (sqlState(error) !== INSUFFICIENT_PRIVILEGE) throw error;
  throw new MigrationFailure(
    `The role of DATABASE_OWNER_URL may not create the role "${name}" of DATABASE_URL. As an administrator: ${createRoleHint(name)}`,
    { cause: error },
  );
};

const giveAppRole = async (client: pg.Client, role: AppRole, options: MigrateOptions): Promise<void> => {
  const before = await readRole(client, role);
  if (before.isOwner || before.isSuperuser) {
    throw new MigrationFailure(
      `DATABASE_URL and DATABASE_OWNER_URL must use two roles, and the first must not be a superuser: "${role.name}" could change the history.`,
    );
  }
  if (before.exists && before.isComplete) return;
  await lock(client, lockTimeoutMs(options));
  if (!(await readRole(client, role)).exists) {
    await createRole(client, role).catch(refusing(role.name));
    options.log(`created the role ${role.name}`);
  }
  await giveRights(client, role);
  options.log(`granted the role ${role.name} its rights`);
};

const limitAppRole = async (client: pg.Client, { name }: AppRole, options: MigrateOptions): Promise<void> => {
  if (options.queryTimeoutMs === undefined) return;
  const timeout = { role: name, timeoutMs: serverTimeoutMs(options.queryTimeoutMs) };
  if (await hasRoleTimeout(client, timeout)) return;
  await lock(client, lockTimeoutMs(options));
  if (!(await hasRoleTimeout(client, timeout))) options.log(await setRoleTimeout(client, timeout));
};

const lock = async (client: pg.Client, timeoutMs: number): Promise<void> => {
  await client.query(`SELECT set_config('lock_timeout', $1, false)`, [String(timeoutMs)]);
  for (const id of LOCKS) await lockOne(client, id, timeoutMs);
};

const lockOne = async (client: pg.Client, id: string, timeoutMs: number): Promise<void> => {
  try {
    await client.query('SELECT pg_advisory_lock($1)', [id]);
  } catch (error) {
    if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
    const holders = (await whoHolds(client, id)) ?? 'a process that has ended since';
    throw new MigrationFailure(
      `Another process has been migrating this database for ${timeoutMs} ms, ${holders}: wait for it, or end it.`,
      { cause: error },
    );
  }
};

const migrateWith = async (client: pg.Client, url: string, options: MigrateOptions): Promise<readonly string[]> => {
  const migrations = await readMigrations();
  const atFirst = await readLedger(client, migrations);
  refuseChanged(atFirst);
  if (atFirst.unknown.length > 0) {
    options.log(`the database was migrated by a newer version, which added: ${atFirst.unknown.join(', ')}`);
  }
  if (atFirst.pending.length === 0) return [];

  await lock(client, lockTimeoutMs(options));
  const { pending, interrupted, failed } = await readLedger(client, migrations);
  if (pending.length === 0) return [];
  refuseFailed(failed);
  refuseForeign(await foreignTables(client));
  if (interrupted.length > 0) {
    options.log(`interrupted or failed earlier, applied again: ${interrupted.join(', ')}`);
    await forgetInterrupted(client);
  }
  const connection = { ...connectionOf(url, options), statement_timeout: statementMs(options) };
  const patience = {
    tryMs: options.tableLockMs ?? TABLE_LOCK_MS,
    pauseMs: options.tableLockMs ?? TABLE_LOCK_MS,
    withinMs: lockTimeoutMs(options),
  };
  await applyPatiently(connection, migrations, client, patience, options.log).catch((error: unknown) => {
    throw new MigrationFailure(`A migration failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  return pending;
};

/**
 * Migrates the database to the schema of this version, grants the rights of the apps' role, and returns the names of the applied migrations.
 * Any number of processes may call it at the same time: one applies, the others wait for it for a limited time and find nothing left to do. The
 * lock belongs to a session, so that a crash releases it; it therefore needs a direct connection to PostgreSQL, not through a pooler. Rejects
 * with HISTORY_UNREACHABLE if the database does not respond, otherwise with MigrationFailure.
 */
export const migrate = async (
  url: string,
  options: MigrateOptions,
): Promise<{ readonly applied: readonly string[] }> => {
  const client = new pg.Client(ledgerConnectionOf(url, options));
  // A lost connection also fails the query that runs; without a listener it would end the process.
  client.on('error', (error) => options.log(`connection lost: ${error.message}`));
  try {
    await client.connect();
    const problem = await notMigratable(client, statementMs(options));
    if (problem !== undefined) throw new MigrationFailure(problem);
    const applied = await migrateWith(client, url, options);
    for (const name of applied) options.log(`applied ${name}`);
    if (options.appRole !== undefined) {
      await giveAppRole(client, options.appRole, options);
      await limitAppRole(client, options.appRole, options);
    }
    return { applied };
  } catch (error) {
    throw asHistoryFailure(error);
  } finally {
    await client.end();
  }
};
