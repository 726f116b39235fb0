import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import { Pool } from 'pg';
import { inTurn, median, quantile, timed } from '../measure/figures.ts';
import type { Report } from '../report/report.ts';
import { benchSealer } from '../seal/sealer.ts';
import { type Progress, withBenchStack } from '../stack/bench-stack.ts';
import type { Benchmark, Size } from './benchmark.ts';

const CLIENTS = 8;

const sizes = {
  full: { seconds: 5, rounds: 9, durable: true },
  small: { seconds: 0.5, rounds: 1, durable: false },
};

/** The same columns and indexes, without triggers and seals. */
const BARE = `
CREATE TABLE bare_event (LIKE event INCLUDING DEFAULTS INCLUDING IDENTITY);
ALTER TABLE bare_event ADD PRIMARY KEY (id);
CREATE INDEX ON bare_event (backup_id, id);
CREATE INDEX ON bare_event (at, id)`;

/** Every writer waits for the one before: a chain that is written with the events requires it. */
const CHAINED = `
CREATE TABLE chained_event (LIKE bare_event INCLUDING ALL, hash bytea);
CREATE FUNCTION chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1);
  NEW.hash := sha256(coalesce((SELECT hash FROM chained_event ORDER BY id DESC LIMIT 1), '') || convert_to(to_jsonb(NEW)::text, 'UTF8'));
  RETURN NEW;
END $$;
CREATE TRIGGER chained BEFORE INSERT ON chained_event FOR EACH ROW EXECUTE FUNCTION chain()`;

const insertInto = (table: string) => ({
  name: table,
  text: `INSERT INTO ${table} (backup_key, backup_id, operation_id, kind, actor, source, request_id, before, after)
    VALUES ($1, $2, '00000000-0000-4000-8000-000000000001', 'part.succeeded', '{"kind": "system", "name": "bench"}', 'worker', $3,
      '{"state": "IN_PROGRESS"}', '{"part": 1, "snapshot": "camunda_optimize_nightly_3.9.0_part_1_of_2", "shards": {"total": 24, "failed": 0, "successful": 24}}')`,
});

const NAMES = ['plain insert', 'sealed meanwhile', 'chained inline'] as const;
type Name = (typeof NAMES)[number];
const tables: Readonly<Record<Name, string>> = {
  'plain insert': 'bare_event',
  'sealed meanwhile': 'event',
  'chained inline': 'chained_event',
};

export type SealMeasurement = {
  readonly perSecond: Readonly<Record<Name, readonly number[]>>;
  /** All that were written into the real table, and how many of them are sealed at the end. */
  readonly written: number;
  readonly sealed: number;
  /** Of the oldest unsealed event at the end of each round that was sealed meanwhile. */
  readonly lagSeconds: readonly number[];
  readonly catchUpPerSecond: number;
  readonly versions: Readonly<Record<string, string>>;
};

/** Events of one statement each, as fast as eight clients write them. */
const write = async (pool: Pool, name: Name, seconds: number): Promise<number> => {
  const statement = insertInto(tables[name]);
  const end = performance.now() + seconds * 1_000;
  const client = async (nth: number) => {
    let count = 0;
    for (; performance.now() < end; count += 1) {
      await pool.query({ ...statement, values: [nth, `backup-${nth}-${count % 100}`, `request-${nth}-${count}`] });
    }
    return count;
  };
  const counts = await Promise.all(Array.from({ length: CLIENTS }, (_, nth) => client(nth)));
  return counts.reduce((sum, count) => sum + count, 0);
};

export const measureSeal = (size: Size, progress: Progress): Promise<SealMeasurement> => {
  const { seconds, rounds, durable } = sizes[size];
  return withBenchStack({ durable, parts: ['postgres', 'redis'], progress }, async (bench) => {
    const { databaseOwnerUrl, databaseUrl } = bench.stack;
    const pool = new Pool({ connectionString: databaseOwnerUrl, max: CLIENTS });
    bench.atEnd(() => pool.end());
    await pool.query(`${BARE}; ${CHAINED}`);
    const history = openPrismaHistory({
      url: databaseUrl,
      poolSize: 1,
      connectTimeoutMs: 5_000,
      queryTimeoutMs: 5_000,
    });
    bench.atEnd(() => history.close());
    const sealer = benchSealer(databaseUrl);
    bench.atEnd(sealer.close);
    // connects
    await sealer.run();
    const perSecond: Record<Name, number[]> = { 'plain insert': [], 'sealed meanwhile': [], 'chained inline': [] };
    const lagSeconds: number[] = [];
    let written = 0;
    let sealed = 0;
    const sealing = async (task: () => Promise<number>) => {
      let going = true;
      const seals = (async () => {
        while (going) {
          sealed += await sealer.run();
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      })();
      const count = await task();
      lagSeconds.push((await history.figures()).oldestUnsealedSeconds ?? 0);
      going = false;
      await seals;
      return count;
    };
    for (let round = 0; round < rounds; round += 1) {
      for (const name of inTurn(NAMES, round)) {
        const task = () => write(pool, name, seconds);
        const { result, ms } = await timed(() => (name === 'sealed meanwhile' ? sealing(task) : task()));
        const rate = result / (name === 'sealed meanwhile' ? seconds : ms / 1_000);
        perSecond[name].push(rate);
        if (name === 'sealed meanwhile') written += result;
        progress(`${name}: ${rate.toFixed(0)} events per second`);
      }
    }
    await sealer.run().then((count) => {
      sealed += count;
    });
    await pool.query(
      `INSERT INTO event (backup_id, kind, actor, source) SELECT 'later', 'part.succeeded', '{}', 'worker' FROM generate_series(1, $1)`,
      [size === 'full' ? 100_000 : 3_000],
    );
    const { result: caughtUp, ms } = await timed(() => sealer.run());
    const unsealed = await history.figures();
    if (unsealed.unsealedEvents > 0) throw new Error(`${unsealed.unsealedEvents} events are in no seal.`);
    return {
      perSecond,
      written,
      sealed,
      lagSeconds,
      catchUpPerSecond: caughtUp / (ms / 1_000),
      versions: bench.versions,
    };
  });
};

const MIN_SHARE = 0.75;
const rate = (perSecond: number): string => perSecond.toFixed(0);

const report = (measured: SealMeasurement, size: Size): Report => {
  const { perSecond, lagSeconds, catchUpPerSecond, written, versions } = measured;
  const plain = median(perSecond['plain insert']);
  const share = (name: Name) =>
    median(perSecond[name].map((value, round) => value / (perSecond['plain insert'][round] ?? plain)));
  const sealed = share('sealed meanwhile');
  return {
    about: [
      `${CLIENTS} clients append events, a statement each, into a plain table with the same columns and indexes, into the real one while a sealer seals it, and into a chain that every insert extends. Medians of ${perSecond['plain insert'].length} rounds in turn; ${written} events were sealed while they were written; the oldest unsealed one was at most ${quantile(lagSeconds, 1).toFixed(1)} s old at the end of a round. Afterwards the sealer catches up with ${rate(catchUpPerSecond)} events per second.`,
    ],
    tables: [
      {
        columns: ['', 'events/s', 'of plain'],
        rows: NAMES.map((name) => [name, rate(median(perSecond[name])), share(name).toFixed(2)]),
      },
    ],
    bars:
      size === 'full'
        ? [
            {
              what: 'appending while it is sealed',
              limit: MIN_SHARE.toFixed(2),
              measured: sealed.toFixed(2),
              holds: sealed >= MIN_SHARE,
            },
          ]
        : [],
    versions,
  };
};

export const seal: Benchmark = {
  about: 'appending events while they are sealed, against a plain insert',
  run: async (size, progress) => report(await measureSeal(size, progress), size),
};
