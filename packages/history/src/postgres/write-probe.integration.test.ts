import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { migrate } from '../migrate/migrate.ts';
import { appRole, asRole, query, type RealPostgres, realPostgres } from '../testing/real-postgres.ts';
import { openWriteProbe, type WriteProbeOptions } from './write-probe.ts';

let postgres: RealPostgres;
let url: string;

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined, appRole });
});

afterEach(() => standby(''));

afterAll(() => postgres?.stop());

/** Every COMMIT waits from then on for one that nobody runs, until the name is taken out. */
const standby = async (name: string) => {
  await query(url, `ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
  await query(url, 'SELECT pg_reload_conf()');
  await expect.poll(() => query(url, 'SHOW synchronous_standby_names')).toEqual([{ synchronous_standby_names: name }]);
};

const open = (more: Partial<WriteProbeOptions> = {}) => {
  const probe = openWriteProbe({
    ...{ url: asRole(url, appRole), poolSize: 1, connectTimeoutMs: 5_000, queryTimeoutMs: 5_000 },
    ...{ applicationName: 'probe', confirmMs: 300, now: () => performance.now() },
    ...more,
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= probe.close();
    return closing;
  };
  onTestFinished(close);
  return { check: probe.check, close };
};

const waiting = async (): Promise<number> =>
  (await query(url, `SELECT pid FROM pg_stat_activity WHERE application_name = 'probe' AND wait_event = 'SyncRep'`))
    .length;

const writes = async (): Promise<number> => {
  const [row] = await query<{ xact: string }>(url, 'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xact');
  return Number(row?.xact);
};

it('writes once for all that ask within its time, with the rights of the apps', async () => {
  let at = 0;
  const probe = open({ now: () => at });
  const before = await writes();
  await Promise.all(Array.from({ length: 20 }, probe.check));
  at = 9_999;
  await probe.check();
  expect((await writes()) - before).toBe(1);
  at = 10_000;
  await probe.check();
  expect((await writes()) - before).toBe(2);
  expect((await query(url, `SELECT name FROM lease WHERE name LIKE 'write-probe-%'`)).length).toBe(1);
});

it('rejects while a COMMIT waits for its standby, on one connection, and resolves once it is confirmed', async () => {
  const probe = open({ everyMs: 0 });
  await standby('absent');
  for (let asked = 0; asked < 3; asked += 1) {
    await expect(probe.check()).rejects.toMatchObject({
      code: 'HISTORY_UNREACHABLE',
      message: expect.stringMatching(/has not confirmed it .*synchronous_standby_names/),
      data: { cause: 'NOT_CONFIRMED' },
    });
  }
  expect(await waiting()).toBe(1);
  await standby('');
  await expect.poll(() => probe.check().then(() => 'confirmed', String)).toBe('confirmed');
});

it('leaves no process of PostgreSQL waiting longer than it waits itself, and does not take its cancellation for a confirmation', async () => {
  const probe = open({ everyMs: 60_000, abandonMs: 1_000 });
  await standby('absent');
  await expect(probe.check()).rejects.toThrow(/has not confirmed it/);
  expect(await waiting()).toBe(1);
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
  await expect(probe.check()).rejects.toThrow(/has not confirmed it for 1 s/);
});

it('closes at once, also while it waits', async () => {
  const probe = open();
  await standby('absent');
  await expect(probe.check()).rejects.toThrow(/has not confirmed it/);
  await probe.close();
});

it('says in PostgreSQL’s words why it cannot write', async () => {
  await query(url, 'REVOKE INSERT ON lease FROM tandem_app');
  onTestFinished(async () => void (await query(url, 'GRANT INSERT ON lease TO tandem_app')));
  await expect(open().check()).rejects.toThrow(
    /^PostgreSQL answers: permission denied for table lease \(SQLSTATE 42501\)/,
  );
});
