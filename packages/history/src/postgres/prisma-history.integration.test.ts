import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accepted,
  claimed,
  command,
  deletion,
  newCreate,
  operationId,
  requested,
  succeeded,
} from '../conformance/examples.ts';
import { newRestore } from '../conformance/restores/examples.ts';
import { describeHistory } from '../conformance.ts';
import { migrate } from '../migrate/migrate.ts';
import type { ExportHistory } from '../ports/exports.ts';
import type { History } from '../ports/history.ts';
import { agedHistory } from '../testing/aged-history.ts';
import { appRole, asRole, query, type RealPostgres, realPostgres } from '../testing/real-postgres.ts';
import { swallowingProxy } from '../testing/swallowing-proxy.ts';
import { openPrismaExports } from './prisma-exports.ts';
import { openPrismaHistory } from './prisma-history.ts';

const TIMEOUT_MS = 2_000;

let postgres: RealPostgres;
let url: string;
let history: History;
let exports: ExportHistory;

const open = (databaseUrl: string): History =>
  openPrismaHistory({ url: databaseUrl, poolSize: 10, connectTimeoutMs: TIMEOUT_MS, queryTimeoutMs: TIMEOUT_MS });

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined, appRole });
  // far from UTC, so that a time that is read or written without its zone shows
  await query(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET TimeZone = 'Asia/Kathmandu'`);
  history = open(asRole(url, appRole));
  exports = openPrismaExports({
    url: asRole(url, appRole),
    poolSize: 1,
    connectTimeoutMs: 5_000,
    queryTimeoutMs: 5_000,
  });
});

afterAll(async () => {
  await exports?.close();
  await history?.close();
  await postgres?.stop();
});

// as the apps connect: the whole suite is passed without the owner's rights
describeHistory('the history in PostgreSQL', async () => ({
  ...(await agedHistory(url, history)),
  exports,
}));

/** What the promise rejects with, and after how long. */
const rejection = async (promise: Promise<unknown>): Promise<{ error: unknown; afterMs: number }> => {
  const begun = performance.now();
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, afterMs: performance.now() - begun };
};

const expectUnreachable = async (promise: Promise<unknown>, cause?: string): Promise<void> => {
  const { error, afterMs } = await rejection(promise);
  expect(isFailure(error, 'HISTORY_UNREACHABLE'), String(error)).toBe(true);
  expect(afterMs).toBeLessThan(2 * TIMEOUT_MS);
  if (cause !== undefined) expect(error).toMatchObject({ data: { cause } });
};

type Told = { readonly id: string; readonly revision: number; readonly key: string };

type Act = (history: History, told: Told) => Promise<unknown>;

const end: Act = (on, { id, revision }) => on.record(id, revision, succeeded);

const nothing: Act = async () => undefined;

/** What is told, and what is done before. */
const TELLERS: readonly (readonly [string, Act, before: Act])[] = [
  [
    'record',
    (on, { id, revision }) => on.record(id, revision, { events: [requested], outcome: { do: 'hold' } }),
    nothing,
  ],
  ['noteState', (on, { key }) => on.noteState(key, 'FAILED', requested), end],
  ['appendEvents', (on) => on.appendEvents(['x', 'nightly'].map((backupId) => ({ ...requested, backupId }))), nothing],
  ['cancelOperation', (on, { id }) => on.cancelOperation(id, command, undefined), nothing],
  ['requestRestore', (on, { key }) => on.requestRestore(newRestore(2, key)), end],
  [
    'stopRestore',
    (on) => on.stopRestore(operationId(2), command),
    async (on, told) => {
      await end(on, told);
      await on.requestRestore(newRestore(2, told.key, { events: [] }));
    },
  ],
  ['requestDeletion', (on, { key }) => on.requestDeletion(key, command, deletion(2)), nothing],
];

describe('PostgreSQL as a dependency', () => {
  it('keeps an index list once per content', async () => {
    const { history } = await agedHistory(url, open(url));
    await Promise.all(Array.from({ length: 20 }, (_, at) => history.accept(newCreate(at, `backup-${at}`))));
    expect(await query(url, 'SELECT count(*)::int AS lists FROM index_list')).toEqual([{ lists: 2 }]);
    await history.close();
  });

  it.each(TELLERS)(
    'draws no number for an event while another may still commit a lower one: %s',
    async (_, tell, before) => {
      const { history } = await agedHistory(url, open(url));
      const id = await accepted(history, newCreate(1, 'nightly'));
      const { revision } = await claimed(history, id);
      const key = (await history.findBackup('nightly', undefined))?.key ?? '';
      await before(history, { id, revision, key });
      const slow = new pg.Client({ connectionString: url });
      await slow.connect();
      await slow.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('nightly', 0))`);
      const telling = tell(history, { id, revision, key });
      await new Promise((resolve) => setTimeout(resolve, 200));
      await slow.query(
        `INSERT INTO event (backup_id, kind, actor, source) VALUES ('nightly', 'backup.refused', '{}', 'api')`,
      );
      const early = await history.eventsAfter('nightly', '1', 10);
      await slow.query('COMMIT');
      await slow.end();
      await telling;
      const told = await history.eventsAfter('nightly', '1', 10);
      expect(early).toEqual([]);
      expect(told[0]?.kind).toBe('backup.refused');
      expect(told.length).toBeGreaterThan(1);
      await history.close();
    },
  );

  it('survives the loss of all its connections', async () => {
    await Promise.all(Array.from({ length: 10 }, () => history.eventsOf('nothing', 1)));
    const ended = await query(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tandem'`,
    );
    expect(ended.length).toBeGreaterThan(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expect(history.check()).resolves.toBeUndefined();
  });

  it('says so when PostgreSQL refuses writes, writes nothing, and goes on when it takes them again', async () => {
    await agedHistory(url, history);
    const readOnly = (value: string) =>
      query(
        postgres.server.url,
        `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = ${value}`,
      );
    await readOnly('on');
    const late = open(url);
    await expectUnreachable(late.accept(newCreate(1, 'nightly')), '25006');
    await expectUnreachable(late.check(), '25006');
    expect(await late.findBackup('nightly', undefined)).toBeUndefined();
    await readOnly('off');
    await late.close();
    expect(await history.accept(newCreate(1, 'nightly'))).toMatchObject({ accepted: true });
  });

  it('says so when the database has not been migrated', async () => {
    const bare = open(await postgres.freshDatabase());
    await expectUnreachable(bare.check(), '42P01');
    await expectUnreachable(bare.accept(newCreate(1, 'nightly')), '42P01');
    await expectUnreachable(bare.eventsOf('nightly', 1), '42P01');
    await bare.close();
  });

  it('does not take a value that it cannot store for an outage, and quotes PostgreSQL', async () => {
    const { error } = await rejection(history.accept(newCreate(1, 'mistake', { operationId: 'not-a-uuid' })));
    expect(error).toMatchObject({
      code: 'VALUE_REFUSED',
      message: expect.stringMatching(
        /^PostgreSQL answers: invalid input syntax for type uuid: "not-a-uuid" \(SQLSTATE 22P02\)\./,
      ),
      data: { cause: '22P02' },
    });
  });

  it('answers within its time-out while nothing comes back, and goes on afterwards', async () => {
    const proxy = await swallowingProxy(url);
    const behind = open(proxy.url);
    await behind.check();
    proxy.swallow(true);
    const command = Array.from({ length: 30 }, () => expectUnreachable(behind.findBackup('nightly', undefined)));
    await Promise.all([...command, expectUnreachable(behind.accept(newCreate(7, 'during')))]);
    proxy.swallow(false);
    await expect.poll(() => behind.check().then(() => 'answers'), { timeout: 4 * TIMEOUT_MS }).toBe('answers');
    await behind.close();
    await proxy.stop();
  });

  it('does not know whether a row was written that nothing came back for', async () => {
    const proxy = await swallowingProxy(url);
    const behind = open(proxy.url);
    await behind.releaseKey('key');
    proxy.swallow(true);
    const unsure = { code: 'HISTORY_UNREACHABLE', data: { cause: 'NO_ANSWER', outcome: 'unknown' } };
    await expect(behind.releaseKey('key')).rejects.toMatchObject(unsure);
    await behind.close();
    await proxy.stop();
  });

  it('answers at once while PostgreSQL is gone, and goes on when it is back', async () => {
    await postgres.server.kill();
    await expectUnreachable(history.findBackup('nightly', undefined));
    await expectUnreachable(history.eventsOf('nightly', 1));
    await expectUnreachable(history.releaseKey('key'));
    await expectUnreachable(history.check());
    await postgres.server.start();
    await expect(history.check()).resolves.toBeUndefined();
  });
});
