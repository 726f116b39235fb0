import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCreate } from '../conformance/examples.ts';
import { openPrismaHistory } from '../postgres/prisma-history.ts';
import { appRole, asRole, query, type RealPostgres, realPostgres } from '../testing/real-postgres.ts';
import { APP_RIGHTS } from './app-role.ts';
import { MigrationFailure, migrate } from './migrate.ts';

let postgres: RealPostgres;
let url: string;

const quiet = { log: () => undefined };

const tablesOf = async (): Promise<readonly string[]> => {
  const rows = await query<{ name: string }>(
    url,
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
  );
  return rows.map(({ name }) => name);
};

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { ...quiet, appRole });
  await query(url, `INSERT INTO event (kind, actor, source) VALUES ('backup.requested', '{}', 'api')`);
});

afterAll(() => postgres?.stop());

describe('the role that the apps connect as', () => {
  it('has rights on every table that there is, each listed in one place', async () => {
    expect(new Set(Object.keys(APP_RIGHTS))).toEqual(new Set(await tablesOf()));
  });

  it.each([
    'UPDATE event SET actor = actor',
    'DELETE FROM event',
    'TRUNCATE event',
    'UPDATE seal SET count = 1',
    'DELETE FROM seal',
    'TRUNCATE seal',
    'DELETE FROM backup',
    'UPDATE attempt SET number = 1',
    'ALTER TABLE event DISABLE TRIGGER ALL',
    'DROP TABLE event',
    'SET session_replication_role = replica',
    'CREATE TABLE public.other (id int)',
  ])('may not %s', async (statement) => {
    await expect(query(asRole(url, appRole), statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['UPDATE event SET actor = actor', 'DELETE FROM event', 'TRUNCATE event'])(
    'nor may the owner, who has to take the trigger away before: %s',
    async (statement) => {
      await expect(query(url, statement)).rejects.toThrow(/Rows of event are never changed or removed/);
    },
  );

  it.each(['UPDATE seal SET count = 1', 'DELETE FROM seal', 'TRUNCATE seal'])(
    'nor do seals change: %s',
    async (statement) => {
      await expect(query(url, statement)).rejects.toThrow(/Rows of seal are never changed or removed/);
    },
  );

  it('is given its rights again where they were changed, and left alone where they are right', async () => {
    await query(url, 'GRANT DELETE ON event TO tandem_app; REVOKE INSERT ON backup FROM tandem_app');
    const lines: string[] = [];
    await migrate(url, { appRole, log: (line) => lines.push(line) });
    await migrate(url, { appRole, log: (line) => lines.push(line) });
    expect(lines).toEqual(['granted the role tandem_app its rights']);
    await expect(query(asRole(url, appRole), 'DELETE FROM event')).rejects.toMatchObject({ code: '42501' });
  });

  it('is made once by several starters', async () => {
    const fresh = await postgres.freshDatabase();
    const other = { name: 'another "role"', password: `it's` };
    await Promise.all(Array.from({ length: 3 }, () => migrate(fresh, { ...quiet, appRole: other })));
    expect(await query(asRole(fresh, other), 'SELECT count(*)::int AS count FROM event')).toEqual([{ count: 0 }]);
  });

  it('is not made by an owner who may not make roles: the message says what to type', async () => {
    await query(url, `CREATE ROLE modest LOGIN PASSWORD 'modest'`);
    const fresh = await postgres.freshDatabase();
    await query(fresh, 'GRANT CREATE ON SCHEMA public TO modest');
    const modest = asRole(fresh, { name: 'modest', password: 'modest' });
    const missing = { name: 'missing', password: 'canary' };
    const failed = migrate(modest, { ...quiet, appRole: missing });
    await expect(failed).rejects.toThrow(/CREATE ROLE "missing" LOGIN PASSWORD '…'/);
    await expect(failed).rejects.not.toThrow(/canary/);
    await query(url, `CREATE ROLE missing LOGIN PASSWORD 'canary'`);
    await migrate(modest, { ...quiet, appRole: missing });
    expect(await query(asRole(fresh, missing), 'SELECT count(*)::int AS count FROM event')).toEqual([{ count: 0 }]);
  });

  it('is given the time-out of its statements in this database, once', async () => {
    const fresh = await postgres.freshDatabase();
    const lines: string[] = [];
    const options = { appRole, queryTimeoutMs: 10_000, log: (line: string) => lines.push(line) };
    await Promise.all([migrate(fresh, options), migrate(fresh, options)]);
    await migrate(fresh, { ...options, queryTimeoutMs: 20_000 });
    const set = lines.filter((line) => line.includes('statement_timeout'));
    expect(set).toEqual([9_000, 18_000].map((ms) => `set the statement_timeout of the role tandem_app to ${ms} ms`));
    const show = `SELECT current_setting('statement_timeout') AS timeout`;
    expect(await query(asRole(fresh, appRole), show)).toEqual([{ timeout: '18s' }]);
    expect(await query(asRole(url, appRole), show)).toEqual([{ timeout: '0' }]);
  });

  it('does without the time-out where the owner may not set it: a line says what to type', async () => {
    await query(url, `CREATE ROLE plain LOGIN PASSWORD 'plain'; CREATE ROLE given LOGIN PASSWORD 'given'`);
    const fresh = await postgres.freshDatabase();
    await query(fresh, 'GRANT CREATE ON SCHEMA public TO plain');
    const lines: string[] = [];
    const options = { appRole: { name: 'given', password: 'given' }, queryTimeoutMs: 10_000 };
    await migrate(asRole(fresh, { name: 'plain', password: 'plain' }), { ...options, log: (line) => lines.push(line) });
    const database = new URL(fresh).pathname.slice(1);
    expect(lines.at(-1)).toMatch(
      new RegExp(
        `may not set .* As an administrator: ALTER ROLE "given" IN DATABASE "${database}" SET statement_timeout = '9000';$`,
      ),
    );
  });

  it('may be neither the owner nor a superuser', async () => {
    const name = new URL(url).username;
    const failed = migrate(url, { ...quiet, appRole: { name, password: '' } });
    await expect(failed).rejects.toThrow(MigrationFailure);
    await expect(failed).rejects.toThrow(/must use two roles/);
  });

  it('without rights is told how to get them', async () => {
    await query(url, `CREATE ROLE stranger LOGIN PASSWORD 'stranger'`);
    const stranger = asRole(url, { name: 'stranger', password: 'stranger' });
    const history = openPrismaHistory({ url: stranger, poolSize: 1, connectTimeoutMs: 2_000, queryTimeoutMs: 2_000 });
    const told = { code: 'HISTORY_UNREACHABLE', message: expect.stringContaining('DATABASE_OWNER_URL') };
    await expect(history.accept(newCreate(1, 'nightly'))).rejects.toMatchObject(told);
    await history.close();
  });
});
