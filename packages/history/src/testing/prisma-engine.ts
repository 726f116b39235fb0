import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { type Migration, migrationsFolder } from '../migrate/migration-folder.ts';

export const EVERYTHING = { externalTables: [], externalEnums: [] };

const LOCKFILE = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };

/**
 * The adapter cuts a script at every semicolon, also inside a function's body, and commits statement by statement. Prisma's own program sends
 * it as one query, and so does this.
 */
class WholeScripts extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => void (await adapter.underlyingDriver().query(script));
    return adapter;
  }
}

export type Scripts = 'whole' | 'statement by statement';

/** Prisma's schema engine as WebAssembly; its connections, and with them its advisory lock, end with the call. */
export const withPrismaEngine = async <Result>(
  url: string,
  use: (engine: SchemaEngine) => Promise<Result>,
  scripts: Scripts = 'whole',
): Promise<Result> => {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(
      scripts === 'whole' ? new WholeScripts(pool) : new PrismaPg(pool),
    );
    return await use(await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter));
  } finally {
    await pool.end();
  }
};

const listed = (migrations: readonly Migration[]) => ({
  baseDir: migrationsFolder,
  lockfile: LOCKFILE,
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  })),
});

/** `prisma migrate deploy` with those migrations. Returns the names of the applied ones. */
export const prismaDeploy = async (
  url: string,
  migrations: readonly Migration[],
  scripts: Scripts = 'whole',
): Promise<readonly string[]> => {
  const input = { migrationsList: listed(migrations), filters: EVERYTHING };
  return withPrismaEngine(url, async (engine) => (await engine.applyMigrations(input)).appliedMigrationNames, scripts);
};
