import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Migration = {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, as Prisma keeps it in _prisma_migrations. */
  readonly checksum: string;
};

export const prismaFolder = fileURLToPath(new URL('../../../../prisma', import.meta.url));
export const migrationsFolder = join(prismaFolder, 'migrations');

const readMigration = async (name: string): Promise<Migration> => {
  const sql = await readFile(join(migrationsFolder, name, 'migration.sql'), 'utf8');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
};

/** The migrations that belong to this version of Tandem, oldest first. */
export const readMigrations = async (): Promise<readonly Migration[]> => {
  const entries = await readdir(migrationsFolder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map(readMigration));
};
