import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prismaFolder } from '../migrate/migration-folder.ts';
import { EVERYTHING, withPrismaEngine } from './prisma-engine.ts';
import { query } from './real-postgres.ts';

/** What Prisma would write for an empty database. */
export const scriptOfSchema = async (url: string): Promise<string> => {
  const files = [{ path: 'schema.prisma', content: await readFile(join(prismaFolder, 'schema.prisma'), 'utf8') }];
  const { stdout } = await withPrismaEngine(url, (engine) =>
    engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: EVERYTHING,
    }),
  );
  return stdout ?? '';
};

const COLUMNS = `
SELECT concat_ws(' ', table_name, column_name, udt_name, 'nullable', is_nullable) AS line FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`;

const INDEXES = `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;

const KEYS = `
SELECT concat_ws(' ', conrelid::regclass::text, conname, pg_get_constraintdef(oid)) AS line FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f') AND conrelid::regclass::text <> '_prisma_migrations'`;

/**
 * Columns, indexes and keys of a database, a line each. Prisma's own comparison with a live database needs its native engine: the
 * one in WebAssembly cannot read PostgreSQL's catalogue through the adapter (columns of the type "char").
 */
export const shapeOf = async (url: string): Promise<readonly string[]> => {
  const parts = await Promise.all([COLUMNS, INDEXES, KEYS].map((sql) => query<{ line: string }>(url, sql)));
  return parts.flatMap((rows) => rows.map(({ line }) => line).sort());
};
