import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { type BackupFilter, type BackupSort, fieldsThatNeedRange } from '@tandem/shared/domain/backup-search.ts';
import { isFailure } from '@tandem/shared/domain/failure.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { prismaFolder } from './migration-folder.ts';
import { type Database, openDatabase } from './open-database.ts';
import type { History } from './port.ts';
import { historyOn, openPrismaHistory } from './prisma-history.ts';
import { manyBackups } from './testing/many-backups.ts';
import { query, type RealPostgres, realPostgres } from './testing/real-postgres.ts';

const COUNT = 100_000;
const PAGE = 50;

let postgres: RealPostgres;
let url: string;
let history: History;
let last: { readonly statement: string; readonly parameters: readonly unknown[] };

/** Remembers what was asked last. */
const listening = (database: Database): Database => ({
  ask: (statement, ...parameters) => {
    last = { statement, parameters };
    return database.ask(statement, ...parameters);
  },
  close: () => database.close(),
});

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined });
  await query(url, manyBackups(COUNT));
  const options = { url, poolSize: 2, connectTimeoutMs: 5_000, queryTimeoutMs: 20_000, preparedStatements: false };
  history = historyOn(listening(openDatabase(options)));
});

afterAll(async () => {
  await history?.close();
  await postgres?.stop();
});

type Plan = { readonly Plan: Readonly<Record<string, number>> };

/** How the last statement went, as text and in blocks of 8 KiB. */
const lastPlan = async (): Promise<{ readonly text: string; readonly blocks: number }> => {
  const { statement, parameters } = last;
  const values = [...parameters];
  const text = await query(url, `EXPLAIN ${statement}`, values);
  const [json] = await query<{ 'QUERY PLAN': readonly Plan[] }>(
    url,
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${statement}`,
    values,
  );
  const { Plan: top = {} } = json?.['QUERY PLAN'][0] ?? {};
  const blocks = Number(top['Shared Hit Blocks']) + Number(top['Shared Read Blocks']);
  return { text: text.map((row) => Object.values(row).join('')).join('\n'), blocks };
};

/** As bench/history/README.md names them. */
const PAIRS: readonly (readonly [name: string, BackupFilter, BackupSort['by']])[] = [
  ['everything by request', {}, 'requested'],
  ['everything by end', {}, 'finished'],
  ['state by request', { states: ['FAILED'] }, 'requested'],
  ['state by end', { states: ['FAILED', 'INCOMPLETE'] }, 'finished'],
  ['id by request', { id: 'many-4711' }, 'requested'],
  ['actor by request', { actor: '10.0.7.1' }, 'requested'],
  ['deleted by request', { deleted: true }, 'requested'],
  ['unproven by request', { deleted: false, provenBefore: new Date() }, 'requested'],
];

/** A place with nine tenths of the history on this side of it. */
const deepPlace = async ({ by, newestFirst }: BackupSort): Promise<string> => {
  const nth = Math.round(COUNT * (newestFirst ? 0.9 : 0.1));
  const [row] = await query<{ place: string }>(
    url,
    `SELECT (extract(epoch FROM ${by}_at) * 1000000)::bigint || '.' || key AS place FROM backup WHERE backup_id = 'many-${nth}'`,
  );
  return row?.place ?? '';
};

const report: string[] = [];

describe('what auditors use most', () => {
  it.each(PAIRS)('goes by an index and reads no more than it shows, at any depth: %s', async (name, filter, by) => {
    for (const newestFirst of [true, false]) {
      const sort = { by, newestFirst };
      for (const after of [undefined, await deepPlace(sort)]) {
        const begun = performance.now();
        const rows = await history.searchBackups(filter, sort, after, PAGE);
        const ms = performance.now() - begun;
        const { text, blocks } = await lastPlan();
        report.push(`${name}, ${newestFirst}, ${after}: ${blocks} blocks, ${ms.toFixed(1)} ms`);
        if (filter.id === undefined) expect(rows).toHaveLength(PAGE);
        expect(text).not.toContain('Seq Scan');
        expect(blocks, text).toBeLessThan(500);
      }
    }
  });

  afterAll(() => process.env.AUDIT_REPORT && console.log(report.join('\n')));

  it('needs no range of time', () => {
    for (const [, filter, by] of PAIRS) expect(fieldsThatNeedRange(filter, { by, newestFirst: true })).toEqual([]);
  });

  it('is named in the README of its benchmark', async () => {
    const readme = await readFile(join(prismaFolder, '../bench/history/README.md'), 'utf8');
    expect([...readme.matchAll(/^\| \d \| (.+?) \|/gm)].map(([, name]) => name)).toEqual(PAIRS.map(([name]) => name));
  });
});

const lastMonth: BackupFilter = { requestedFrom: new Date(Date.now() - 30 * 86_400_000), requestedTo: new Date() };

/** With a range, as the API asks for one; and what names few. */
const OTHERS: readonly (readonly [BackupFilter, rows: number])[] = [
  [{ part: 'many-4711-2' }, 1],
  [{ ...lastMonth, index: 'index-7' }, 7],
  [{ ...lastMonth, index: 'shared', version: '8.7.0', idPrefix: 'many-1' }, PAGE],
  [{ ...lastMonth, minDurationMs: 420_000, deleted: false }, PAGE],
  [{ ...lastMonth, actor: '10.0.7.1', states: ['COMPLETED'] }, 4],
];

describe('what auditors use less', () => {
  it.each(OTHERS)('goes by indexes in a range of time: %j', async (filter, count) => {
    const rows = await history.searchBackups(filter, { by: 'requested', newestFirst: true }, undefined, PAGE);
    const { text, blocks } = await lastPlan();
    report.push(`${JSON.stringify(filter)}: ${blocks} blocks, ${rows.length} rows`);
    expect(Math.abs(rows.length - count)).toBeLessThanOrEqual(1);
    expect(text).not.toMatch(/Seq Scan on (backup|part|event)/);
  });

  it('counts no more than it is told to', async () => {
    expect(await history.countBackups({}, { by: 'requested', newestFirst: true }, 10_001)).toBe(10_001);
    expect((await lastPlan()).text).not.toContain('Seq Scan');
  });

  it('finds events of a time by their index', async () => {
    const from = new Date(Date.now() - 86_400_000);
    for (const filter of [{}, { from, to: new Date() }, { from, to: new Date(), requestId: 'request-7' }]) {
      await history.searchEvents(filter, undefined, PAGE);
      const { text, blocks } = await lastPlan();
      expect(text).toContain('event_by_time');
      expect(blocks).toBeLessThan(200);
    }
  });

  it('is ended after its time, and said to be; what others ask is not', async () => {
    const open = openPrismaHistory({
      ...{ url, poolSize: 2, connectTimeoutMs: 2_000, queryTimeoutMs: 20_000, searchTimeoutMs: 300 },
    });
    const blocker = new pg.Client({ connectionString: url });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE part IN ACCESS EXCLUSIVE MODE');
    const searches = [
      open.searchBackups({}, { by: 'requested', newestFirst: true }, undefined, 1),
      open.countBackups({ index: 'x' }, { by: 'requested', newestFirst: true }, 1),
    ];
    for (const asked of await Promise.allSettled(searches)) {
      expect(asked.status === 'rejected' && isFailure(asked.reason, 'QUERY_TOO_LONG'), JSON.stringify(asked)).toBe(
        true,
      );
    }
    const other = open.findBackup('many-1', undefined);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await blocker.query('COMMIT');
    await blocker.end();
    expect((await other)?.backupId).toBe('many-1');
    await open.close();
  });
});
