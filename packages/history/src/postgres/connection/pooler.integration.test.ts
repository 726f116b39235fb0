import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from '@tandem/local-stack/part.ts';
import { startPgBouncer } from '@tandem/local-stack/postgres/pgbouncer.ts';
import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { findProgram, isExecutable } from '@tandem/local-stack/process/find-program.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newCreate } from '../../conformance/examples.ts';
import { describeHistory } from '../../conformance.ts';
import { migrate } from '../../migrate/migrate.ts';
import type { ExportHistory } from '../../ports/exports.ts';
import type { History } from '../../ports/history.ts';
import { agedHistory } from '../../testing/aged-history.ts';
import { standbyIsBack, standbyIsGone } from '../../testing/gone-standby.ts';
import { appRole, asRole, query, type RealPostgres, realPostgres } from '../../testing/real-postgres.ts';
import { openPrismaExports } from '../prisma-exports.ts';
import { openPrismaHistory } from '../prisma-history.ts';
import { answer, sql, statement } from '../sql/statement.ts';
import { openDatabase } from './open-database.ts';
import { openWriteProbe } from './write-probe.ts';

const debian = '/usr/sbin/pgbouncer';
const program = findProgram('pgbouncer') ?? (isExecutable(debian) ? debian : undefined);
const title = `behind PgBouncer in transaction mode${program ? '' : ' (skipped: apt-get install pgbouncer, as root, gets it)'}`;

describe.skipIf(program === undefined)(title, () => {
  let postgres: RealPostgres;
  let directory: string;
  let pgBouncer: Part;
  let url: string;
  let history: History;
  let exports: ExportHistory;
  let times: { url: string; poolSize: number; connectTimeoutMs: number; queryTimeoutMs: number };

  beforeAll(async () => {
    postgres = await realPostgres(startPostgres);
    url = await postgres.freshDatabase();
    await migrate(url, { log: () => undefined, appRole });
    directory = await mkdtemp(join(tmpdir(), 'tandem-pgbouncer-'));
    // two connections to PostgreSQL for ten to it: hardly a statement finds the one it had before
    const settings = { pool_mode: 'transaction', default_pool_size: '2' };
    pgBouncer = await startPgBouncer({
      ...{ directory, program: program ?? '', postgresUrl: url, roles: [appRole], settings },
    });
    times = { url: asRole(pgBouncer.url, appRole), poolSize: 10, connectTimeoutMs: 5_000, queryTimeoutMs: 2_000 };
    history = openPrismaHistory(times);
    exports = openPrismaExports({ ...times, poolSize: 1, queryTimeoutMs: 5_000 });
  });

  afterAll(async () => {
    await exports?.close();
    await history?.close();
    await pgBouncer?.stop();
    await postgres?.stop();
    if (directory) await rm(directory, { recursive: true, force: true });
  });

  describeHistory('the history', async () => ({ ...(await agedHistory(url, history)), exports }));

  it('ends a statement that takes too long in PostgreSQL, so that it is known not to have been carried out', async () => {
    const { history: emptied } = await agedHistory(url, history);
    const blocker = new pg.Client({ connectionString: url });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE backup IN ACCESS EXCLUSIVE MODE');
    const blocked = emptied.accept(newCreate(1, 'nightly'));
    await expect(blocked).rejects.toMatchObject({ code: 'HISTORY_UNREACHABLE', data: { cause: '57014' } });
    await blocker.end();
    expect(await query(url, 'SELECT backup_id FROM backup')).toEqual([]);
    expect(await emptied.accept(newCreate(1, 'nightly'))).toMatchObject({ accepted: true });
  });

  it('does not take it for a refusal that the pooler lost PostgreSQL during a COMMIT', async () => {
    const { history: emptied } = await agedHistory(url, history);
    onTestFinished(() => standbyIsBack(url));
    await standbyIsGone(url);
    const unsure = emptied.accept(newCreate(1, 'nightly')).catch((error: unknown) => error);
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`;
    await expect.poll(() => query(url, end).then(({ length }) => length), { timeout: 10_000 }).toBe(1);
    expect(await unsure).toMatchObject({
      code: 'HISTORY_UNREACHABLE',
      message: expect.stringMatching(/^PostgreSQL took a statement and did not answer it \(server conn crashed/),
      data: { cause: 'NO_ANSWER', outcome: 'unknown' },
    });
    expect(await query(url, 'SELECT backup_id FROM backup')).toEqual([{ backup_id: 'nightly' }]);
  });

  it('cancels no statement of the client that has the process of an export next', async () => {
    const [locker, holder, next] = [url, times.url, times.url].map(
      (connectionString) => new pg.Client({ connectionString }),
    ) as [pg.Client, pg.Client, pg.Client];
    const patient = openPrismaExports({ ...times, poolSize: 1, connectTimeoutMs: 60_000, queryTimeoutMs: 60_000 });
    onTestFinished(async () => {
      await Promise.all([locker.end(), holder.end(), next.end()]);
      await patient.close();
    });
    await Promise.all([locker.connect(), holder.connect(), next.connect()]);
    const waits = (part: string) => async () =>
      (
        await query(
          url,
          `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND position($1 IN query) > 0`,
          [part],
        )
      ).length;
    await locker.query('SELECT pg_advisory_lock(7); BEGIN; LOCK TABLE event IN ACCESS EXCLUSIVE MODE');
    // one of the two connections to PostgreSQL; the export has the other
    await holder.query('BEGIN');
    const gone = new AbortController();
    const page = patient
      .exportPage({ of: 'events', filter: {} }, 'ndjson', { after: '0', upTo: '1' }, gone.signal)
      .catch((error: unknown) => error);
    await expect.poll(waits('string_agg'), { timeout: 10_000 }).toBe(1);
    const answer = next.query('SELECT pg_advisory_xact_lock(7)').catch((error: unknown) => error);
    gone.abort(new Error('the client has gone'));
    await locker.query('COMMIT');
    await expect.poll(waits('pg_advisory_xact_lock'), { timeout: 10_000 }).toBe(1);
    // the cancellation has waited for a connection until now
    await holder.query('COMMIT');
    expect(await page).toMatchObject({ message: 'the client has gone' });
    await locker.query('SELECT pg_advisory_unlock(7)');
    expect(await answer).toMatchObject({ command: 'SELECT' });
  });

  it('is not for migrations: the message says so', async () => {
    await expect(migrate(pgBouncer.url, { log: () => undefined })).rejects.toThrow(
      /^The connection goes through a pooler .* Point DATABASE_OWNER_URL at PostgreSQL itself/,
    );
  });

  it('leaves no time-out to the other clients of the pooler', async () => {
    const settings = `SELECT current_setting('statement_timeout') AS statement, current_setting('idle_in_transaction_session_timeout') AS idle`;
    const found = await Promise.all(Array.from({ length: 4 }, () => query(times.url, settings)));
    for (const rows of found) expect(rows).toEqual([{ statement: '0', idle: '0' }]);
  });

  it('reads in no transaction where migrate set the time-out of the role, and within it', async () => {
    await migrate(url, { log: () => undefined, appRole, queryTimeoutMs: times.queryTimeoutMs });
    const ownDirectory = await mkdtemp(join(tmpdir(), 'tandem-pgbouncer-'));
    const settings = { pool_mode: 'transaction', default_pool_size: '2' };
    const parts = { directory: ownDirectory, program: program ?? '', postgresUrl: url, roles: [appRole], settings };
    const limited = await startPgBouncer(parts);
    const reader = openPrismaHistory({ ...times, url: asRole(limited.url, appRole) });
    const blocker = new pg.Client({ connectionString: url });
    onTestFinished(async () => {
      await Promise.all([reader.close(), blocker.end()]);
      await limited.stop();
      await rm(ownDirectory, { recursive: true, force: true });
      await query(
        url,
        `ALTER ROLE ${appRole.name} IN DATABASE ${new URL(url).pathname.slice(1)} RESET statement_timeout`,
      );
    });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE event, backup IN ACCESS EXCLUSIVE MODE');
    const blocked = [reader.eventsOf('nightly', 1), reader.findBackup('nightly', undefined)];
    const late = { code: 'HISTORY_UNREACHABLE', data: { cause: '57014' } };
    const all = Promise.all(blocked.map((read) => expect(read).rejects.toMatchObject(late)));
    const reading = `SELECT xact_start = query_start AS alone FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = $1`;
    const found = () => query(url, reading, [appRole.name]);
    await expect.poll(found, { timeout: 1_500 }).toEqual([{ alone: true }, { alone: true }]);
    await all;
  });

  it('says what to do where statements are prepared and the pooler does not follow them', async () => {
    const prepared = openDatabase({ ...times, preparedStatements: true });
    const slow = statement`SELECT ${answer(sql<string>('pg_sleep(0.01)::text || 1::text'))}`;
    const asks = Array.from({ length: 40 }, () => prepared.ask(slow));
    const results = await Promise.allSettled(asks);
    const words = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
    expect(words.length).toBeGreaterThan(0);
    for (const word of words) expect(word).toMatch(/prepared statement .* DATABASE_PREPARED_STATEMENTS/);
    await prepared.close();
  });

  it('is written to by readiness', async () => {
    const probe = openWriteProbe({ ...times, confirmMs: 2_000, now: () => performance.now() });
    await expect(probe.check()).resolves.toBeUndefined();
    await probe.close();
  });
});
