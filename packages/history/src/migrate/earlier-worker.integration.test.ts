import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { accepted, claimed, claiming, newCreate } from '../conformance/examples.ts';
import type { History } from '../ports/history.ts';
import { openPrismaHistory } from '../postgres/prisma-history.ts';
import { agedHistory } from '../testing/aged-history.ts';
import { query, type RealPostgres, realPostgres } from '../testing/real-postgres.ts';
import { migrate } from './migrate.ts';

/* A rolling upgrade: workers of the version before write due times and leases, and know no columns for their lengths. */

let postgres: RealPostgres;
let url: string;
let history: History;
let advance: (ms: number) => Promise<void>;

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined });
  history = openPrismaHistory({ url, poolSize: 3, connectTimeoutMs: 5_000, queryTimeoutMs: 5_000 });
});

beforeEach(async () => {
  advance = (await agedHistory(url, history)).advance;
});

afterAll(async () => {
  await history?.close();
  await postgres?.stop();
});

const TEN_MINUTES = 600_000;

/** As that version recorded a wait. */
const recordWait = (id: string, ms: number) =>
  query(
    url,
    `UPDATE operation SET revision = revision + 1, state = 'WAITING', worker = NULL, lease_until = NULL,
       next_tick_at = now() + make_interval(secs => $2::float8 / 1000) WHERE id = $1::uuid`,
    [id, ms],
  );

/** As that version claimed an operation or renewed its lease, and took a lease for a task. */
const lease = (id: string, ms: number) =>
  query(
    url,
    `UPDATE operation SET state = 'RUNNING', worker = 'old', lease_until = now() + make_interval(secs => $2::float8 / 1000)
     WHERE id = $1::uuid`,
    [id, ms],
  );
const takeLease = (name: string, ms: number) =>
  query(
    url,
    `INSERT INTO lease AS held (name, holder, until) VALUES ($1, 'old', now() + make_interval(secs => $2::float8 / 1000))
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until`,
    [name, ms],
  );

it.each([0, 30_000, TEN_MINUTES])(
  'claims nothing early that it told to wait, after a wait of %i ms',
  async (before) => {
    const id = await accepted(history, newCreate(1, 'nightly'));
    const { revision } = await claimed(history, id);
    await history.record(id, revision, { outcome: { do: 'wait', inMs: before } });
    await recordWait(id, TEN_MINUTES);
    expect(await history.overdue(0, 10)).toEqual([]);
    expect((await history.figures()).oldestDueSeconds).toBeUndefined();
    expect(await history.claim(id, claiming)).toMatchObject({ claimed: false, why: 'early' });
    await advance(TEN_MINUTES);
    expect((await claimed(history, id)).aheadMs).toBeUndefined();
  },
);

it('still takes what it told to wait as due once the clock was put back', async () => {
  const id = await accepted(history, newCreate(1, 'nightly'));
  await claimed(history, id);
  await recordWait(id, TEN_MINUTES);
  await advance(-5_000);
  expect((await history.overdue(0, 10)).map(({ operationId }) => operationId)).toEqual([id]);
  expect((await claimed(history, id)).aheadMs).toBeGreaterThan(TEN_MINUTES);
});

it('ends no lease of it for being longer than those of before, and sees one that the clock left far ahead', async () => {
  const id = await accepted(history, newCreate(1, 'nightly'));
  await claimed(history, id);
  const both = async () => {
    await lease(id, TEN_MINUTES);
    await takeLease('seal', TEN_MINUTES);
  };
  await both();
  expect((await history.farLeases(10)).leases).toEqual([]);
  await both();
  expect((await history.farLeases(10)).leases).toEqual([]);
  await advance(-5_000);
  const { leases } = await history.farLeases(10);
  expect(leases.map(({ on }) => on)).toEqual(['operation', 'task']);
  for (const { leaseMs } of leases) expect(leaseMs).toBeCloseTo(TEN_MINUTES, -1);
});
