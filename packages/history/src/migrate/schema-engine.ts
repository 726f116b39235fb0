import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { type Migration, migrationsFolder } from './migration-folder.ts';

const LOCKFILE = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };
const EVERYTHING = { externalTables: [], externalEnums: [] };

const END_OF_MIGRATION = `
;UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL;`;

/**
 * Prisma's adapter cuts a script at every semicolon and commits statement by statement. Here a script is one transaction, together
 * with the ledger's word that it is done, so that a crash leaves either all of it or nothing.
 */
class WholeScripts extends PrismaPg {
  /** As PostgreSQL rejected it: the engine makes a text of its own of it. */
  rejection: unknown;

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script + END_OF_MIGRATION);
      } catch (error) {
        this.rejection = error;
        throw error;
      }
    };
    return adapter;
  }
}

const listed = (migrations: readonly Migration[]) => ({
  baseDir: migrationsFolder,
  lockfile: LOCKFILE,
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  })),
});

const silent = (): void => undefined;

/** Loaded when it is needed only: the engine is three megabytes of WebAssembly. */
const openEngine = async (scripts: WholeScripts) => {
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm');
  return SchemaEngine.new({ datamodels: undefined }, silent, bindMigrationAwareSqlAdapterFactory(scripts));
};

/** Applies what is pending. Rejects with what PostgreSQL said of a script, else with the engine's words. */
export const applyMigrations = async (connection: pg.ClientConfig, migrations: readonly Migration[]): Promise<void> => {
  const pool = new pg.Pool({ ...connection, max: 1 });
  pool.on('error', silent);
  const scripts = new WholeScripts(pool);
  try {
    const engine = await openEngine(scripts);
    const input = { migrationsList: listed(migrations), filters: EVERYTHING };
    await engine.applyMigrations(input);
  } catch (error) {
    throw scripts.rejection ?? error;
  } finally {
    await pool.end();
  }
};
