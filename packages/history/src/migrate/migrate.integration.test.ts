import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { query, type RealPostgres, realPostgres } from '../testing/real-postgres.ts';
import { scriptOfSchema, shapeOf } from '../testing/schema-shape.ts';
import { applyPatiently } from './apply-patiently.ts';
import { MigrationFailure, migrate } from './migrate.ts';
import { readMigrations } from './migration-folder.ts';

let postgres: RealPostgres;
let names: readonly string[];

const quiet = { log: () => undefined };

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  names = (await readMigrations()).map(({ name }) => name);
});

afterAll(() => postgres?.stop());

describe('migrating', () => {
  it('applies all once, and finds nothing to do the second time', async () => {
    const url = await postgres.freshDatabase();
    expect(await migrate(url, quiet)).toEqual({ applied: names });
    expect(await migrate(url, quiet)).toEqual({ applied: [] });
    expect(
      await query(url, 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL'),
    ).toHaveLength(names.length);
  });

  it('is safe with several starters at once', async () => {
    const url = await postgres.freshDatabase();
    const done = await Promise.all(Array.from({ length: 4 }, () => migrate(url, quiet)));
    expect(done.flatMap(({ applied }) => applied)).toEqual(names);
  });

  it('gives up waiting for another after a while, and says so', async () => {
    const url = await postgres.freshDatabase();
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query(`SET application_name = 'another starter'; SELECT pg_advisory_lock(8092011984)`);
    await expect(migrate(url, { ...quiet, lockTimeoutMs: 200 })).rejects.toThrow(
      /Another process has been migrating this database for 200 ms, process \d+ \(another starter, role tandem/,
    );
    await other.end();
    expect(await migrate(url, quiet)).toEqual({ applied: names });
  });

  it('makes room for others while a table is in use, names who uses it, and goes on when that is over', async () => {
    const url = await postgres.freshDatabase();
    await migrate(url, quiet);
    const next = { name: '29990101000000_next', sql: 'ALTER TABLE operation ADD COLUMN next int', checksum: 'next' };
    const migrations = [...(await readMigrations()), next];
    const [dump, ledger] = [
      new pg.Client({ connectionString: url, application_name: 'pg_dump' }),
      new pg.Client({ connectionString: url }),
    ];
    await Promise.all([dump.connect(), ledger.connect()]);
    onTestFinished(async () => void (await Promise.all([dump.end(), ledger.end()])));
    await dump.query('BEGIN; LOCK TABLE operation IN ACCESS SHARE MODE');
    const lines: string[] = [];
    const apply = (withinMs: number) =>
      applyPatiently({ connectionString: url }, migrations, ledger, { tryMs: 2_000, pauseMs: 100, withinMs }, (line) =>
        lines.push(line),
      );
    const held = /held by process \d+ \(pg_dump, role tandem, in a transaction since 2/;
    await expect(apply(0)).rejects.toThrow(held);
    await ledger.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL');
    const applying = apply(60_000);
    await expect.poll(() => lines.length, { timeout: 20_000 }).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(held);
    await dump.query('COMMIT');
    await applying;
    expect(await query(url, 'SELECT next FROM operation')).toEqual([]);
    expect(await migrate(url, quiet)).toEqual({ applied: [] });
  });

  it('refuses a database that is not UTF8, and says how one is made', async () => {
    await query(postgres.server.url, `CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const url = new URL(postgres.server.url);
    url.pathname = '/latin';
    await expect(migrate(url.href, quiet)).rejects.toThrow(
      /"latin" has the encoding LATIN1, .* CREATE DATABASE "latin" ENCODING 'UTF8' TEMPLATE template0/,
    );
  });

  it('goes on where a process died in the middle', async () => {
    const url = await postgres.freshDatabase();
    await migrate(url, quiet);
    await query(url, 'CREATE SCHEMA aside');
    await query(url, 'ALTER TABLE _prisma_migrations SET SCHEMA aside');
    await query(url, 'DROP SCHEMA public CASCADE');
    await query(url, 'CREATE SCHEMA public');
    await query(url, 'ALTER TABLE aside._prisma_migrations SET SCHEMA public');
    await query(url, 'DELETE FROM _prisma_migrations WHERE migration_name <> $1', [names[0]]);
    await query(url, 'UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1', [names[0]]);
    expect(await migrate(url, quiet)).toEqual({ applied: names });
  });

  it('refuses a database whose migrations were others', async () => {
    const url = await postgres.freshDatabase();
    await migrate(url, quiet);
    await query(url, `UPDATE _prisma_migrations SET checksum = 'another'`);
    await expect(migrate(url, quiet)).rejects.toThrow(MigrationFailure);
  });

  it('leaves the database of a newer version alone', async () => {
    const url = await postgres.freshDatabase();
    await migrate(url, quiet);
    await query(
      url,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', now())`,
    );
    const lines: string[] = [];
    expect(await migrate(url, { log: (line) => lines.push(line) })).toEqual({ applied: [] });
    expect(lines).toEqual(['the database was migrated by a newer version, which added: 29990101000000_later']);
  });

  it('says that the database cannot be reached', async () => {
    const nobody = 'postgresql://nobody@127.0.0.1:1/none';
    await expect(migrate(nobody, quiet)).rejects.toMatchObject({ code: 'HISTORY_UNREACHABLE' });
  });

  it('ends with the schema that schema.prisma describes', async () => {
    const url = await postgres.freshDatabase();
    await migrate(url, quiet);
    const described = await postgres.freshDatabase();
    await query(described, await scriptOfSchema(described));
    expect(await shapeOf(url)).toEqual(await shapeOf(described));
  });
});
