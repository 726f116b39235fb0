import { startPostgres } from '@tandem/local-stack/postgres/postgres.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../migrate/migrate.ts';
import { EXPORT_ROWS, type Exported, type ExportHistory } from '../../ports/exports.ts';
import { appRole, asRole, query, type RealPostgres, realPostgres } from '../../testing/real-postgres.ts';
import { openPrismaExports } from '../prisma-exports.ts';

const never = new AbortController().signal;
const EVENTS: Exported = { of: 'events', filter: {} };
const PATIENCE_MS = 60_000;
/** For those who are to give up. */
const HASTE_MS = 1_000;

let postgres: RealPostgres;
let url: string;
let exports: ExportHistory;
let hasty: ExportHistory;

beforeAll(async () => {
  postgres = await realPostgres(startPostgres);
  url = await postgres.freshDatabase();
  await migrate(url, { log: () => undefined, appRole });
  const connection = { url: asRole(url, appRole), poolSize: 1, connectTimeoutMs: 5_000 };
  exports = openPrismaExports({ ...connection, queryTimeoutMs: PATIENCE_MS });
  hasty = openPrismaExports({ ...connection, queryTimeoutMs: HASTE_MS });
});

afterAll(async () => {
  await Promise.all([exports?.close(), hasty?.close()]);
  await postgres?.stop();
});

beforeEach(() => query(url, "SET session_replication_role = 'replica'; TRUNCATE event RESTART IDENTITY"));

const writing = (reason: string): string => `INSERT INTO event (kind, actor, source, reason)
  VALUES ('backup.refused', '{"kind":"system","name":"x"}', 'api', '${reason}')`;

/** A transaction of somebody else. */
const somebody = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN');
  return client;
};

const reasonsOf = async (span: { after: string; upTo: string }): Promise<string[]> => {
  const { text } = await exports.exportPage(EVENTS, 'ndjson', span, never);
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line).reason);
};

const running = (part: string) =>
  query<{ pid: number }>(
    url,
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'tandem-export' AND state = 'active' AND query LIKE $1`,
    [`%${part}%`],
  );

/** Since the oldest open transaction began; a look is over too soon to be met while it goes on. */
const hasLooked = async (): Promise<boolean> => {
  const looks = await query(
    url,
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'tandem-export' AND query LIKE '%EXISTS%'
      AND query_start > (SELECT min(xact_start) FROM pg_stat_activity WHERE state = 'idle in transaction')`,
  );
  return looks.length > 0;
};

const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + 20_000; performance.now() < end; ) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`It never came to pass that ${what}.`);
};

describe('the span of an export', () => {
  it('waits for whoever drew a lower id and has not committed', async () => {
    const late = await somebody();
    await late.query(writing('late'));
    await query(url, writing('early'));
    let answered = false;
    const asked = exports.exportSpan(EVENTS, never).finally(() => {
      answered = true;
    });
    // two looks after the writer at least
    await until('the export looks after the writer', hasLooked);
    expect(answered).toBe(false);
    await late.query('COMMIT');
    await late.end();
    expect(await reasonsOf(await asked)).toEqual(['late', 'early']);
  });

  it('waits for nobody who came later, or who rolled back', async () => {
    const gone = await somebody();
    await gone.query(writing('gone'));
    await query(url, writing('here'));
    const asked = exports.exportSpan(EVENTS, never);
    await until('the export looks after the writer', hasLooked);
    const later = await somebody();
    await later.query(writing('later'));
    await gone.query('ROLLBACK');
    expect(await reasonsOf(await asked)).toEqual(['here']);
    await later.query('COMMIT');
    await Promise.all([gone.end(), later.end()]);
  });

  it('says so where a transaction stays open', async () => {
    const stuck = await somebody();
    await stuck.query(writing('stuck'));
    const error = await hasty.exportSpan(EVENTS, never).catch((reason: unknown) => reason);
    expect(isFailure(error, 'HISTORY_UNREACHABLE') && error.message).toMatch(/^A transaction has been writing to the/);
    await stuck.query('ROLLBACK');
    await stuck.end();
  });

  it('is found by an index where a range of time is asked for', async () => {
    await query(url, MANY_EVENTS(20_000));
    const [from, to] = [new Date('2026-01-01T01:00:00Z'), new Date('2026-01-01T02:00:00Z')];
    const span = await exports.exportSpan({ of: 'events', filter: { from, to } }, never);
    expect(span).toEqual({ after: '3600', upTo: '7200' });
    const none = await exports.exportSpan({ of: 'events', filter: { from: new Date(0), to: new Date(0) } }, never);
    expect(none).toEqual({ after: '0', upTo: '0' });
  });
});

/** A second apart, the first one a second after the year began. */
const MANY_EVENTS = (count: number, size = 1): string => `
INSERT INTO event (at, kind, actor, source, after)
SELECT '2026-01-01T00:00:00Z'::timestamptz + (nth - 1) * interval '1 second', 'backup.refused', '{"kind":"system","name":"x"}', 'api',
  jsonb_build_object('random', (SELECT string_agg(md5(nth::text || i), '') FROM generate_series(1, ${size}) i))
FROM generate_series(1, ${count}) nth`;

describe('a page of an export', () => {
  it('ends at its bytes, however many rows that are', async () => {
    const [rows, kilobytes] = [1_000, 32];
    await query(url, MANY_EVENTS(rows, kilobytes * 32));
    const span = await exports.exportSpan(EVENTS, never);
    const sizes: number[] = [];
    let told = 0;
    for (let after: string | undefined = span.after; after !== undefined; ) {
      const page = await exports.exportPage(EVENTS, 'ndjson', { ...span, after }, never);
      sizes.push(page.text.length);
      told += page.text.split('\n').length;
      after = page.next;
    }
    expect(told).toBe(rows);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThan(8_000_000);
  });

  it('reads no more than its rows, wherever it begins', async () => {
    await query(url, `${MANY_EVENTS(50_000)}; ANALYZE event`);
    const blocks = async () => {
      const [row] = await query<{ hit: string }>(
        url,
        `SELECT heap_blks_read + heap_blks_hit AS hit FROM pg_statio_user_tables WHERE relname = 'event'`,
      );
      return Number(row?.hit);
    };
    const before = await blocks();
    const page = await exports.exportPage(EVENTS, 'csv', { after: '40000', upTo: '50000' }, never);
    expect(page.next).toBe(String(40_000 + EXPORT_ROWS));
    await until('PostgreSQL has counted', async () => (await blocks()) > before);
    expect((await blocks()) - before).toBeLessThan(EXPORT_ROWS);
  });

  it('is not worked on any more once nobody wants it', async () => {
    await query(url, writing('here'));
    const blocker = await somebody();
    await blocker.query('LOCK TABLE event IN ACCESS EXCLUSIVE MODE');
    const gone = new AbortController();
    const page = exports.exportPage(EVENTS, 'ndjson', { after: '0', upTo: '1' }, gone.signal);
    await until('the page is being read', async () => (await running('string_agg')).length > 0);
    gone.abort(new Error('the client has gone'));
    await expect(page).rejects.toThrow('the client has gone');
    expect(await running('string_agg')).toEqual([]);
    await blocker.query('COMMIT');
    await blocker.end();
    expect(await reasonsOf({ after: '0', upTo: '1' })).toEqual(['here']);
  });
});
