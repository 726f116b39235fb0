import { createHash } from 'node:crypto';
import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { prismaDeploy } from '../testing/prisma-engine.ts';
import { query, type RealPostgres, realPostgres } from '../testing/real-postgres.ts';
import { shapeOf } from '../testing/schema-shape.ts';
import { applyMigrations } from './apply-migrations.ts';
import { migrate } from './migrate.ts';
import { type Migration, readMigrations } from './migration-folder.ts';

/* Tandem's migrator and Prisma's own engine on the same database: each accepts what the other did. */

let postgres: RealPostgres;
let migrations: readonly Migration[];
let names: readonly string[];

const quiet = { log: () => undefined };

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  migrations = await readMigrations();
  names = migrations.map(({ name }) => name);
});

afterAll(() => postgres?.stop());

type Row = {
  readonly id: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly migration_name: string;
  readonly logs: string | null;
  readonly rolled_back_at: Date | null;
  readonly started_at: Date;
  readonly applied_steps_count: number;
};

const rowsOf = (url: string) => query<Row>(url, 'SELECT * FROM _prisma_migrations ORDER BY started_at');

/** What differs between any two runs left out. */
const comparable = ({ id, started_at, finished_at, ...row }: Row) => ({
  ...row,
  id: id.replace(/[0-9a-f]/g, '0'),
  took: finished_at === null ? 'unfinished' : finished_at >= started_at,
});

const COLUMNS = `
SELECT ordinal_position, column_name, udt_name, character_maximum_length, is_nullable, column_default FROM information_schema.columns
WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`;

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});

const onLedger = async <Result>(url: string, use: (ledger: pg.Client) => Promise<Result>): Promise<Result> => {
  const ledger = new pg.Client({ connectionString: url });
  await ledger.connect();
  try {
    return await use(ledger);
  } finally {
    await ledger.end();
  }
};

const apply = (url: string, list: readonly Migration[]) =>
  onLedger(url, (ledger) => applyMigrations({ connectionString: url }, list, ledger));

const BROKEN = migration('29990101000000_broken', 'CREATE TABLE half (id int); INSERT INTO missing VALUES (1);');

describe('a database migrated by Tandem', () => {
  it('is up to date for Prisma', async () => {
    const url = await postgres.freshDatabase();
    expect(await migrate(url, quiet)).toEqual({ applied: names });
    expect(await prismaDeploy(url, migrations)).toEqual([]);
  });

  it('has the rows, the columns and the schema that Prisma makes', async () => {
    const [ours, theirs] = [await postgres.freshDatabase(), await postgres.freshDatabase()];
    await migrate(ours, quiet);
    expect(await prismaDeploy(theirs, migrations)).toEqual(names);
    expect((await rowsOf(ours)).map(comparable)).toEqual((await rowsOf(theirs)).map(comparable));
    expect(await query(ours, COLUMNS)).toEqual(await query(theirs, COLUMNS));
    expect(await shapeOf(ours)).toEqual(await shapeOf(theirs));
  });

  it('is continued by Prisma', async () => {
    const url = await postgres.freshDatabase();
    await apply(url, migrations.slice(0, 3));
    expect(await prismaDeploy(url, migrations)).toEqual(names.slice(3));
    expect(await migrate(url, quiet)).toEqual({ applied: [] });
  });

  it('after a failed migration is refused by Prisma until that is resolved', async () => {
    const url = await postgres.freshDatabase();
    await apply(url, migrations);
    await expect(apply(url, [...migrations, BROKEN])).rejects.toThrow(
      '29990101000000_broken: relation "missing" does not exist',
    );
    expect((await rowsOf(url)).at(-1)).toMatchObject({
      migration_name: BROKEN.name,
      checksum: BROKEN.checksum,
      finished_at: null,
      rolled_back_at: null,
      applied_steps_count: 0,
      logs: expect.stringContaining('relation "missing" does not exist'),
    });
    await expect(prismaDeploy(url, [...migrations, BROKEN])).rejects.toMatchObject({ code: 'P3009' });
    expect(await query(url, `SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
  });

  it('after a failed migration is migrated by the next run, since nothing of the script was kept', async () => {
    const url = await postgres.freshDatabase();
    const first = names[0] ?? '';
    await apply(url, [migration(first, BROKEN.sql)]).catch(() => undefined);
    const lines: string[] = [];
    expect(await migrate(url, { log: (line) => lines.push(line) })).toEqual({ applied: names });
    expect(lines[0]).toBe(`interrupted or failed earlier, applied again: ${first}`);
    expect(await prismaDeploy(url, migrations)).toEqual([]);
  });
});

describe('a database migrated by Prisma', () => {
  it('is up to date for Tandem', async () => {
    const url = await postgres.freshDatabase();
    await prismaDeploy(url, migrations);
    expect(await migrate(url, quiet)).toEqual({ applied: [] });
  });

  it('is continued by Tandem', async () => {
    const url = await postgres.freshDatabase();
    await prismaDeploy(url, migrations.slice(0, 3));
    expect(await migrate(url, quiet)).toEqual({ applied: names.slice(3) });
    expect(await prismaDeploy(url, migrations)).toEqual([]);
  });

  it('after a failed migration is left alone until an operator has undone its half; the message says how', async () => {
    const url = await postgres.freshDatabase();
    const next = names[3] ?? '';
    await prismaDeploy(url, migrations.slice(0, 3));
    const broken = [...migrations.slice(0, 3), migration(next, BROKEN.sql)];
    await expect(prismaDeploy(url, broken, 'statement by statement')).rejects.toThrow(/missing/);
    expect(await query(url, `SELECT to_regclass('half')::text AS half`)).toEqual([{ half: 'half' }]);
    const mark = `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${next}' AND finished_at IS NULL;`;
    await expect(migrate(url, quiet)).rejects.toThrow(
      new RegExp(`The migration ${next}, which Prisma started at .* failed \\(No such table: missing\\)`),
    );
    await expect(migrate(url, quiet)).rejects.toThrow(mark);
    expect((await rowsOf(url)).length).toBe(4);
    await query(url, `DROP TABLE half; ${mark}`);
    expect(await migrate(url, quiet)).toEqual({ applied: names.slice(3) });
    expect(await prismaDeploy(url, migrations)).toEqual([]);
  });
});

describe('both at once', () => {
  it('apply each migration once', async () => {
    const url = await postgres.freshDatabase();
    const results = await Promise.all([
      migrate(url, quiet).then(({ applied }) => applied),
      prismaDeploy(url, migrations),
      migrate(url, quiet).then(({ applied }) => applied),
    ]);
    expect(results.flat()).toEqual(names);
    expect((await rowsOf(url)).filter(({ finished_at }) => finished_at !== null)).toHaveLength(names.length);
    expect(await rowsOf(url)).toHaveLength(names.length);
  });

  it("Tandem waits for Prisma's lock, bounded, and names its holder", async () => {
    const url = await postgres.freshDatabase();
    const prisma = new pg.Client({ connectionString: url, application_name: 'prisma' });
    await prisma.connect();
    onTestFinished(() => prisma.end());
    await prisma.query('SELECT pg_advisory_lock(72707369)');
    await expect(migrate(url, { ...quiet, lockTimeoutMs: 200 })).rejects.toThrow(
      /Another process has been migrating this database for 200 ms, process \d+ \(prisma, role tandem/,
    );
  });
});

describe('a database of another program', () => {
  it('is refused by both, before anything is written', async () => {
    const url = await postgres.freshDatabase();
    await query(url, 'CREATE TABLE invoice (id int)');
    await expect(prismaDeploy(url, migrations)).rejects.toMatchObject({ code: 'P3005' });
    await expect(migrate(url, quiet)).rejects.toThrow(
      /has tables of another program and was never migrated by Tandem: invoice\. Point DATABASE_URL/,
    );
    expect(await query(url, `SELECT to_regclass('_prisma_migrations') AS ledger`)).toEqual([{ ledger: null }]);
  });
});
