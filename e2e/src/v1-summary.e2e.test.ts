import { HistorySummary } from '@tandem/shared/contract/summary.ts';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { rehearse, untilRestoreEnded } from './harness/requests/restores.ts';
import { create, expectProblem, read, send } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld({ environment: { DATABASE_SEARCH_TIMEOUT: '2s' } });

const summary = async (query: string) => HistorySummary.parse(await read(world.api, `/history/summary${query}`));

let rehearsal: string;

beforeAll(async () => {
  await create(world.api, 'last');
  await world.api.untilState('last', 'COMPLETED');
  rehearsal = await rehearse(world.api, 'last');
  await untilRestoreEnded(world, rehearsal);
  await world.sql(
    `INSERT INTO backup (backup_id, optimize_version, profile, index_prefix, origin, cluster_uuid, repository, repository_key, requested_by,
      state, requested_at, finished_at, deleted_at)
    SELECT 'old-' || nth, '3.8.0', 'optimize', 'optimize', 'requested', 'c', 'r', 'c/r', '{"kind":"system","name":"x"}',
      CASE WHEN nth % 10 = 0 THEN 'FAILED' ELSE 'COMPLETED' END, '2026-01-01T00:00:00Z'::timestamptz + nth * interval '1 hour',
      '2026-01-01T00:00:00Z'::timestamptz + nth * interval '1 hour' + nth * interval '1 second', CASE WHEN nth % 7 = 0 THEN now() END
    FROM generate_series(0, 99) nth`,
  );
}, 120_000);

describe('GET /api/v1/history/summary', () => {
  it('tells of each day what was taken, and what would be lost now', async () => {
    const { periods, recovery, versions, defaulted, historyFrom } = await summary('');
    expect({ defaulted, historyFrom }).toEqual({ defaulted: true, historyFrom: expect.stringMatching(/^2026-01-01T/) });
    // from the first backup on, and 400 days at most
    expect(periods.length).toBeGreaterThan(300);
    expect(periods.length).toBeLessThanOrEqual(400);
    const today = periods.at(-1);
    const yesterday = periods.at(-2);
    // midnight may pass while the test runs
    expect((today?.taken ?? 0) + (yesterday?.taken ?? 0)).toBe(1);
    const day = today?.taken === 1 ? today : yesterday;
    expect(day?.durationMs?.p50).toBeGreaterThan(0);
    expect(day?.bytes?.p50).toBeGreaterThan(0);
    expect(recovery.lastCompleted).toMatchObject({ backupId: 'last' });
    expect(recovery.lastRehearsal).toMatchObject({ backupId: 'last', operationId: rehearsal });
    expect(recovery.lastRehearsal?.durationMs).toBeGreaterThan(0);
    expect(recovery.lastRestore).toBeNull();
    const ofBackup = versions.find(({ optimizeVersion }) => optimizeVersion === '3.9.0');
    expect(ofBackup?.recovery.lastCompleted?.backupId).toBe('last');
  });

  it('tells of days in UTC, failed and deleted ones, by version too', async () => {
    const { periods, versions } = await summary('?by=day&from=2026-01-01T00:00:00Z&to=2026-01-06T00:00:00Z');
    expect(periods.map(({ taken, failed, deleted }) => [taken, failed, deleted])).toEqual([
      [24, 3, 4],
      [24, 2, 3],
      [24, 3, 4],
      [24, 2, 3],
      [4, 0, 1],
    ]);
    expect(periods[4]?.durationMs).toEqual({ p50: 97_500, p95: 98_850 });
    expect(periods[4]?.bytes).toBeNull();
    expect(versions[0]).toMatchObject({ optimizeVersion: '3.8.0', periods });
    expect((await summary('?by=week&from=2026-01-01T00:00:00Z&to=2026-01-06T00:00:00Z')).periods).toMatchObject([
      { from: '2025-12-29T00:00:00.000Z', taken: 96 },
      { from: '2026-01-05T00:00:00.000Z', taken: 4 },
    ]);
  });

  it('says so where the range is too long or the answer takes too long', async () => {
    const long = await send(world.api, 'GET', '/history/summary?from=2001-01-01T00:00:00Z');
    expect(expectProblem(long, 400, 'REQUEST_INVALID')).toMatch(/at most 400 periods/);
    const blocker = new pg.Client({ connectionString: world.databaseUrl });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE part IN ACCESS EXCLUSIVE MODE');
    try {
      expectProblem(await send(world.api, 'GET', '/history/summary?by=month'), 422, 'QUERY_TOO_LONG');
    } finally {
      await blocker.query('COMMIT');
      await blocker.end();
    }
  });
});
