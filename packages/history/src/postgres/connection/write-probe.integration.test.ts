import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../migrate/migrate.ts';
import { standbyIsBack, standbyIsGone, waitingForStandby } from '../../testing/gone-standby.ts';
import { appRole, asRole, query, type RealPostgres, realPostgres } from '../../testing/real-postgres.ts';
import { openWriteProbe, type WriteProbeOptions } from './write-probe.ts';

let postgres: RealPostgres;
let url: string;

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined, appRole });
});

afterEach(() => standbyIsBack(url));

afterAll(() => postgres?.stop());

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

const waiting = () => waitingForStandby(url, 'probe');

/** The transactions that wrote the rows of probes last. */
const writers = async (): Promise<string[]> => {
  const rows = await query<{ xmin: string }>(url, `SELECT xmin::text FROM lease WHERE name LIKE 'write-probe-%'`);
  return rows.map(({ xmin }) => xmin);
};

it('writes once for all that ask within its time, with the rights of the apps', async () => {
  let at = 0;
  const probe = open({ now: () => at });
  await query(url, `DELETE FROM lease WHERE name LIKE 'write-probe-%'`);
  await Promise.all(Array.from({ length: 20 }, probe.check));
  const first = await writers();
  expect(first.length).toBe(1);
  at = 9_999;
  await probe.check();
  expect(await writers()).toEqual(first);
  at = 10_000;
  await probe.check();
  const second = await writers();
  expect(second.length).toBe(1);
  expect(second).not.toEqual(first);
});

it('rejects while a COMMIT waits for its standby, on one connection, and resolves once it is confirmed', async () => {
  const probe = open({ everyMs: 0 });
  await standbyIsGone(url);
  for (let asked = 0; asked < 3; asked += 1) {
    await expect(probe.check()).rejects.toMatchObject({
      code: 'HISTORY_UNREACHABLE',
      message: expect.stringMatching(/has not confirmed it .*synchronous_standby_names/),
      data: { cause: 'NOT_CONFIRMED' },
    });
  }
  expect(await waiting()).toBe(1);
  await standbyIsBack(url);
  await expect.poll(() => probe.check().then(() => 'confirmed', String)).toBe('confirmed');
});

it('leaves no process of PostgreSQL waiting longer than it waits itself, and does not take its cancellation for a confirmation', async () => {
  const probe = open({ everyMs: 60_000, abandonMs: 10_000 });
  await standbyIsGone(url);
  await expect(probe.check()).rejects.toThrow(/has not confirmed it/);
  expect(await waiting()).toBe(1);
  await expect.poll(waiting, { timeout: 30_000 }).toBe(0);
  await expect(probe.check()).rejects.toThrow(/has not confirmed it for 10 s/);
});

it('does not say that a write was taken that is still to be sent', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const probe = open({ url: `postgres://tandem@127.0.0.1:${port}/tandem` });
  await expect(probe.check()).rejects.toMatchObject({
    code: 'HISTORY_UNREACHABLE',
    message: expect.stringMatching(/^PostgreSQL has not taken a write for 0 s\. Check for locks, a pooler without/),
    data: { cause: 'NO_ANSWER' },
  });
  for (const socket of sockets) socket.destroy();
  silent.close();
});

it('closes at once, also while it waits', async () => {
  const probe = open();
  await standbyIsGone(url);
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
