import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import type { Seal } from '@tandem/shared/contract/seals.ts';
import { sizeOf, union } from '@tandem/shared/domain/history/seal/id-spans.ts';
import { verifyEvents } from '@tandem/shared/domain/history/verify/verify-events.ts';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../migrate/migrate.ts';
import type { History } from '../../ports/history.ts';
import { agedHistory } from '../../testing/aged-history.ts';
import { query, type RealPostgres, realPostgres } from '../../testing/real-postgres.ts';
import { sealNext, sealToBe, sha256 } from '../../testing/sealed.ts';
import { type Database, openDatabase } from '../connection/open-database.ts';
import { historyOn, openPrismaHistory } from '../prisma-history.ts';

let postgres: RealPostgres;
let url: string;
let history: History;

const open = (databaseUrl: string): History =>
  openPrismaHistory({ url: databaseUrl, poolSize: 5, connectTimeoutMs: 5_000, queryTimeoutMs: 5_000 });

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined });
  history = open(url);
});

beforeEach(async () => {
  await agedHistory(url, history);
});

afterAll(async () => {
  await history?.close();
  await postgres?.stop();
});

const APPEND = `INSERT INTO event (kind, actor, source) VALUES ('backup.refused', '{}', 'api')`;
const append = (count = 1) => query(url, Array(count).fill(APPEND).join(';'));

/** A transaction that has drawn an id and not ended. */
const slowWriter = async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; ${APPEND}`);
  return { end: async (how: 'COMMIT' | 'ROLLBACK') => client.query(how).then(() => client.end()) };
};

const seals = () => history.sealsAfter(0, 1_000);
const spansOf = (all: readonly Seal[]) => all.map(({ events, waiting }) => ({ events, waiting }));

async function* each<Item>(items: readonly Item[]): AsyncIterable<Item> {
  yield* items;
}

const verified = async (of = history) => {
  const found: unknown[] = [];
  const [all, events] = [await of.sealsAfter(0, 10_000), await of.eventsInOrder(undefined, 100_000)];
  const trust = { checkpoint: new Map(), signatures: undefined };
  const result = await verifyEvents(sha256, each(all), each(events), trust, (tampering) => found.push(tampering));
  return { ...result, found };
};

it('seals an event that was committed after those with higher ids later, and once', async () => {
  const writer = await slowWriter();
  await append(2);
  await sealNext(history);
  expect(spansOf(await seals())).toEqual([{ events: [['2', '3']], waiting: [['1', '1']] }]);
  expect(await history.figures()).toMatchObject({ unsealedEvents: 0 });
  await append();
  await sealNext(history);
  await writer.end('COMMIT');
  expect(await history.figures()).toMatchObject({ unsealedEvents: 1 });
  await sealNext(history);
  expect(await sealNext(history)).toBeUndefined();
  expect(spansOf(await seals()).slice(1)).toEqual([
    { events: [['4', '4']], waiting: [['1', '1']] },
    { events: [['1', '1']], waiting: [] },
  ]);
  expect(await verified()).toMatchObject({ seals: 3, events: 4, unsealed: 0, found: [] });
});

it('waits for an id as long as somebody may still commit it, and no longer', async () => {
  const writer = await slowWriter();
  await append();
  await sealNext(history);
  await writer.end('ROLLBACK');
  const other = await slowWriter();
  await append();
  expect(await history.eventsAreQuiet()).toEqual({ quiet: false, seal: 1 });
  await sealNext(history);
  await other.end('ROLLBACK');
  await append();
  expect(await history.eventsAreQuiet()).toEqual({ quiet: true, seal: 2 });
  await sealNext(history);
  expect((await seals()).map(({ waiting }) => waiting)).toEqual([
    [['1', '1']],
    [
      ['1', '1'],
      ['3', '3'],
    ],
    [],
  ]);
  expect(await verified()).toMatchObject({ events: 3, found: [] });
  await query(url, `INSERT INTO event (id, kind, actor, source) VALUES (1, 'backup.refused', '{}', 'api')`);
  expect((await verified()).found).toMatchObject([{ kind: 'event.inserted', seal: 1 }]);
});

it('does not give up ids that a seal of somebody else waits for since', async () => {
  await append();
  await sealNext(history);
  const looked = await history.eventsAreQuiet();
  const writer = await slowWriter();
  await append();
  await sealNext(history);
  expect(looked).toEqual({ quiet: true, seal: 1 });
  expect((await history.unsealedEvents(10)).last).toMatchObject({ number: 2, waiting: [['2', '2']] });
  await writer.end('COMMIT');
  await sealNext(history);
  expect(await verified()).toMatchObject({ events: 3, unsealed: 0, found: [] });
});

it('seals batch by batch what many writers wrote, with two sealers at once: each event in one seal', async () => {
  const other = open(url);
  let writing = true;
  let wins = 0;
  const writer = async (nth: number) => {
    for (let each = 0; each < 40; each += 1) {
      const failing = each % 7 === nth % 7;
      await query(
        url,
        failing ? `BEGIN; ${APPEND}; ROLLBACK` : `BEGIN; ${APPEND}; SELECT pg_sleep(0.002); ${APPEND}; COMMIT`,
      );
    }
  };
  const sealer = async (own: History) => {
    for (;;) {
      const isLast = !writing;
      const seal = await sealToBe(own, 7);
      if (seal !== undefined && (await own.addSeal(seal))) wins += 1;
      if (seal === undefined && isLast) return;
    }
  };
  const sealers = Promise.all([sealer(history), sealer(other)]);
  await Promise.all([0, 1, 2].map(writer));
  writing = false;
  await sealers;
  await other.close();
  const all = await seals();
  expect(wins).toBe(all.length);
  const [row] = await query<{ count: number }>(url, 'SELECT count(*)::int AS count FROM event');
  expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(row?.count);
  expect(Number(sizeOf(union(...all.map(({ events }) => events))))).toBe(row?.count);
  expect(await verified()).toMatchObject({ events: row?.count, unsealed: 0, found: [] });
});

it('goes on in another cluster that the tables were copied to, and misses nothing', async () => {
  const writer = await slowWriter();
  await append(3);
  await sealNext(history);
  await writer.end('COMMIT');
  await append(2);
  const copyUrl = await postgres.freshDatabase();
  await migrate(copyUrl, { log: () => undefined });
  for (const table of ['event', 'seal']) {
    const [row] = await query<{ rows: unknown }>(url, `SELECT jsonb_agg(t) AS rows FROM ${table} t`);
    await query(copyUrl, `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [
      JSON.stringify(row?.rows),
    ]);
  }
  await query(copyUrl, `SELECT setval('event_id_seq', (SELECT max(id) FROM event))`);
  await query(copyUrl, APPEND);
  const copy = open(copyUrl);
  await sealNext(copy);
  expect(await sealNext(copy)).toBeUndefined();
  expect(await verified(copy)).toMatchObject({ seals: 2, events: 7, unsealed: 0, found: [] });
  await copy.close();
});

it('counts no more unsealed events than it says', async () => {
  await query(
    url,
    `INSERT INTO event (kind, actor, source) SELECT 'backup.refused', '{}', 'api' FROM generate_series(1, 10001)`,
  );
  expect(await history.figures()).toMatchObject({ unsealedEvents: 10_000 });
});

it('tells times that are none as they are', async () => {
  await query(
    url,
    `INSERT INTO event (at, kind, actor, source) VALUES ('infinity', 'x', '{}', 'api'), ('0044-03-15 BC', 'x', '{}', 'api')`,
  );
  const [never, past] = await history.eventsInOrder(undefined, 10);
  expect(never?.at).toBe('infinity');
  expect(past?.at).toMatch(/BC$/);
});

it('finds the next events by their ids, whatever the number of sealed ones', async () => {
  await query(
    url,
    `INSERT INTO event (kind, actor, source) SELECT 'backup.refused', '{}', 'api' FROM generate_series(1, 5000)`,
  );
  for (let batch = 0; batch < 5; batch += 1) await sealNext(history, 1_000);
  await query(url, 'ANALYZE');
  await append(3);
  const asked: { statement: string; parameters: readonly unknown[] }[] = [];
  const database = openDatabase({ url, poolSize: 1, connectTimeoutMs: 5_000, queryTimeoutMs: 5_000 });
  const listening: Database = {
    ...database,
    ask: (statement, ...parameters) => {
      asked.push({ statement, parameters });
      return database.ask(statement, ...parameters);
    },
  };
  const own = historyOn(listening);
  expect((await own.unsealedEvents(100)).events).toHaveLength(3);
  await own.figures();
  for (const { statement, parameters } of asked) {
    const plan = await query(url, `EXPLAIN ${statement}`, [...parameters]);
    const text = plan.map((row) => Object.values(row).join('')).join('\n');
    expect(text).toContain('event_pkey');
    expect(text).not.toContain('Seq Scan on event');
  }
  expect(asked).toHaveLength(2);
  await own.close();
});
