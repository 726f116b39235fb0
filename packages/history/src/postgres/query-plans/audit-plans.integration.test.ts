import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import {
  type BackupFilter,
  type BackupSort,
  fieldsThatNeedRange,
} from '@tandem/shared/domain/history/backup-search.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prismaFolder } from '../../migrate/migration-folder.ts';
import type { History } from '../../ports/history.ts';
import { AUDIT_PAIRS } from '../../testing/audit-pairs.ts';
import { filledDatabase } from '../../testing/filled-database.ts';
import { type Heard, listeningDatabase } from '../../testing/listening-database.ts';
import { query, type RealPostgres, realPostgres } from '../../testing/real-postgres.ts';
import { historyOn, openPrismaHistory } from '../prisma-history.ts';

const COUNT = 20_000;
const PAGE = 50;

let postgres: RealPostgres;
let url: string;
let history: History;
let last: Heard;

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await filledDatabase(postgres, COUNT);
  const options = { url, poolSize: 2, connectTimeoutMs: 5_000, queryTimeoutMs: 20_000, preparedStatements: false };
  const remember = (heard: Heard) => {
    last = heard;
  };
  history = historyOn(listeningDatabase(options, remember));
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

/** A cursor with nine tenths of the history on this side of it. */
const deepPlace = async ({ by, newestFirst }: BackupSort): Promise<string> => {
  const [row] = await query<{ cursor: string }>(
    url,
    `SELECT (extract(epoch FROM ${by === 'requested' ? 'requested_at' : 'finished_at'}) * 1000000)::bigint || '.' || key AS cursor FROM backup WHERE key = $1`,
    [Math.round(COUNT * (newestFirst ? 0.1 : 0.9))],
  );
  return row?.cursor ?? '';
};

describe('what auditors use most', () => {
  it.each(AUDIT_PAIRS)('goes by an index and reads no more than it shows, at any depth: $name', async (pair) => {
    for (const newestFirst of [true, false]) {
      const sort = { by: pair.by, newestFirst };
      for (const after of [undefined, await deepPlace(sort)]) {
        const rows = await history.searchBackups(pair.filter, sort, after, PAGE);
        const { text, blocks } = await lastPlan();
        expect(rows.length, JSON.stringify(sort)).toBeGreaterThan(0);
        expect(text).not.toContain('Seq Scan');
        expect(blocks, text).toBeLessThan(pair.filter.id === undefined ? 600 : 1_000);
      }
    }
  });

  it.each(AUDIT_PAIRS)('reads no more the deeper it is in a range either: $name', async ({ filter, by }) => {
    const [from, to] = [new Date(0), new Date()];
    const ranged = by === 'requested' ? { requestedFrom: from, requestedTo: to } : { endedFrom: from, endedTo: to };
    for (const newestFirst of [true, false]) {
      const sort = { by, newestFirst };
      await history.searchBackups({ ...filter, ...ranged }, sort, undefined, PAGE);
      const first = await lastPlan();
      await history.searchBackups({ ...filter, ...ranged }, sort, await deepPlace(sort), PAGE);
      const deep = await lastPlan();
      expect(deep.blocks, deep.text).toBeLessThan(first.blocks * 1.1 + 15);
    }
  });

  it('needs no range of time', () => {
    for (const { filter, by } of AUDIT_PAIRS)
      expect(fieldsThatNeedRange(filter, { by, newestFirst: true })).toEqual([]);
  });

  it('is named in the README of its benchmark', async () => {
    const readme = await readFile(join(prismaFolder, '../bench/history/README.md'), 'utf8');
    expect([...readme.matchAll(/^\| \d \| (.+?) \|/gm)].map(([, name]) => name)).toEqual(
      AUDIT_PAIRS.map(({ name }) => name),
    );
  });
});

const DAY_MS = 86_400_000;
const lastYear: BackupFilter = { requestedFrom: new Date(Date.now() - 365 * DAY_MS), requestedTo: new Date() };
const inLastYear = `requested_at >= now() - interval '365 days'`;
const holding = (index: string) =>
  `EXISTS (SELECT FROM part p JOIN index_list l ON l.digest = p.index_list_digest WHERE p.backup_key = b.key AND '${index}' = ANY (l.names))`;

/** With a range, as the API asks for one, and what names few; and the same as anybody would say it. */
const OTHERS: readonly (readonly [BackupFilter, condition: string])[] = [
  [
    { part: 'camunda_optimize_nightly-7_8.7.9_part_2_of_2' },
    `EXISTS (SELECT FROM part p WHERE p.backup_key = b.key AND p.snapshot_name = 'camunda_optimize_nightly-7_8.7.9_part_2_of_2')`,
  ],
  [
    { ...lastYear, index: 'optimize-process-instance-list-19-75_v8', actor: '10.0.0.7' },
    `${inLastYear} AND requested_by_name = '10.0.0.7' AND ${holding('optimize-process-instance-list-19-75_v8')}`,
  ],
  [
    { ...lastYear, index: 'optimize-process-instance-process-7_v8', version: '8.7.9', idPrefix: 'nightly-1' },
    `${inLastYear} AND optimize_version = '8.7.9' AND backup_id LIKE 'nightly-1%' AND ${holding('optimize-process-instance-process-7_v8')}`,
  ],
  [
    { ...lastYear, minDurationMs: 900_000, deleted: false },
    `${inLastYear} AND finished_at - requested_at >= interval '900 seconds' AND deleted_at IS NULL`,
  ],
  [
    { ...lastYear, repository: 'backups-3', states: ['FAILED'], origins: ['requested'] },
    `${inLastYear} AND repository = 'backups-3' AND state = 'FAILED' AND origin = 'requested'`,
  ],
];

describe('what auditors use less', () => {
  it.each(OTHERS)('goes by indexes in a range of time: %j', async (filter, condition) => {
    const rows = await history.searchBackups(filter, { by: 'requested', newestFirst: true }, undefined, COUNT);
    const { text } = await lastPlan();
    expect(text).not.toMatch(/Seq Scan on (backup|part|event)/);
    const sought = await query<{ key: string }>(
      url,
      `SELECT key FROM backup b WHERE ${condition} ORDER BY requested_at DESC, key DESC`,
    );
    expect(sought.length).toBeGreaterThan(0);
    expect(rows.map(({ key }) => key)).toEqual(sought.map(({ key }) => key));
  });

  it('counts no more than it is told to', async () => {
    expect(await history.countBackups({}, { by: 'requested', newestFirst: true }, 10_001)).toBe(10_001);
    expect((await lastPlan()).text).not.toContain('Seq Scan');
  });

  it('finds events of a time by their index', async () => {
    const from = new Date(Date.now() - 7 * DAY_MS);
    for (const filter of [{}, { from, to: new Date() }, { from, to: new Date(), requestId: 'request-7' }]) {
      await history.searchEvents(filter, undefined, PAGE);
      const { text, blocks } = await lastPlan();
      expect(text).toContain('event_by_time');
      expect(blocks).toBeLessThan(200);
    }
  });

  it('sums a month up by the index of states and requests', async () => {
    for (const by of ['day', 'week', 'month'] as const) {
      const { periods } = await history.historySummary(by, new Date(Date.now() - 30 * DAY_MS), new Date());
      expect(periods.length).toBeGreaterThan(0);
      const { text } = await lastPlan();
      expect(text).toContain('backup_by_request');
      expect(text).not.toMatch(/Seq Scan on (backup|part|operation)/);
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
    const other = open.findBackup('nightly-1', undefined);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await blocker.query('COMMIT');
    await blocker.end();
    expect((await other)?.backupId).toBe('nightly-1');
    await open.close();
  });
});

describe('labels and holds', () => {
  const NEWEST = { by: 'requested', newestFirst: true } as const;

  beforeAll(async () => {
    await query(
      url,
      `UPDATE backup SET hold = '{"reason": "audit", "until": null, "actor": {"kind": "system", "name": "law"}, "at": "2026-01-01T00:00:00Z"}',
        held_until = 'infinity', labels = jsonb_build_object('env', 'team-' || key % 3) WHERE key % 100 = 7`,
    );
    await query(url, 'ANALYZE backup');
  });

  it('finds what is held without a range, and reads no more than it shows', async () => {
    expect(fieldsThatNeedRange({ held: true }, NEWEST)).toEqual([]);
    const [first, ...rest] = await history.searchBackups({ held: true }, NEWEST, undefined, 2 * PAGE);
    expect(rest).toHaveLength(2 * PAGE - 1);
    for (const after of [undefined, rest[PAGE]?.cursor]) {
      const page = await history.searchBackups({ held: true }, NEWEST, after, PAGE);
      expect(page[0]?.key).toBe(after === undefined ? first?.key : rest[PAGE + 1]?.key);
      const { text, blocks } = await lastPlan();
      expect(text).toContain('backup_held');
      expect(blocks, text).toBeLessThan(500);
    }
  });

  it('finds a label in a range of time by indexes', async () => {
    const label = { key: 'env', value: 'team-1' };
    expect(fieldsThatNeedRange({ label }, NEWEST)).toEqual(['label']);
    const rows = await history.searchBackups({ ...lastYear, label }, NEWEST, undefined, PAGE);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ labels }) => labels)).toEqual(rows.map(() => ({ env: 'team-1' })));
    expect((await lastPlan()).text).not.toMatch(/Seq Scan on backup/);
  });
});
