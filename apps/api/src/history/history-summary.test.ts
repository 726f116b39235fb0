import { foundSet } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { HistorySummary, MAX_PERIODS, SummaryQuery } from '@tandem/shared/contract/summary.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { readInput } from '../http/read-input.ts';
import { historySummary } from './history-summary.ts';

const now = () => new Date('2026-03-18T12:00:00Z');
const history = inMemoryHistory({ now });

const summary = async (query: object) =>
  HistorySummary.parse(await historySummary({ history, now }, readInput(SummaryQuery, query, 'The query')));

beforeAll(async () => {
  await history.discover(foundSet('one', { requestedAt: new Date('2026-03-02T00:00:00Z') }));
  await history.discover(foundSet('two', { requestedAt: new Date('2026-03-17T00:00:00Z'), optimizeVersion: '8.6.0' }));
});

const usual = [
  ['day', 17, '2026-03-02', '2026-03-19'],
  ['week', 3, '2026-03-02', '2026-03-23'],
  ['month', 1, '2026-03-01', '2026-04-01'],
] as const;

describe('the summary of the history', () => {
  it.each(usual)('begins at the first backup, by %s: %i, the empty ones too', async (by, count, start, end) => {
    const { periods, from, to, versions, ...answer } = await summary({ by });
    expect(answer).toMatchObject({ defaulted: true, historyFrom: '2026-03-02T00:00:00.000Z' });
    expect([periods.length, from, to]).toEqual([count, `${start}T00:00:00.000Z`, now().toISOString()]);
    expect([periods[0]?.from, periods.at(-1)?.to]).toEqual([from, `${end}T00:00:00.000Z`]);
    periods.slice(1).forEach((period, nth) => {
      expect(period.from).toBe(periods[nth]?.to);
    });
    expect(periods.reduce((sum, { taken }) => sum + taken, 0)).toBe(2);
    expect(versions.map((version) => [version.optimizeVersion, version.periods.length])).toEqual([
      ['8.6.0', count],
      ['8.7.0', count],
    ]);
  });

  it('begins at the first of the last 400 periods of a longer history', async () => {
    const old = inMemoryHistory({ now });
    await old.discover(foundSet('old', { requestedAt: new Date('2020-01-01T00:00:00Z') }));
    const asked = (query: object) => historySummary({ history: old, now }, readInput(SummaryQuery, query, 'The query'));
    const days = await asked({});
    expect(days.periods).toHaveLength(MAX_PERIODS);
    expect(days).toMatchObject({
      from: '2025-02-12T00:00:00.000Z',
      defaulted: true,
      historyFrom: '2020-01-01T00:00:00.000Z',
    });
    expect((await asked({ by: 'month' })).from).toBe('2020-01-01T00:00:00.000Z');
  });

  it('tells the last period of a history that is empty, or begins after the end', async () => {
    const history = inMemoryHistory({ now });
    const empty = await historySummary({ history, now }, readInput(SummaryQuery, {}, 'The query'));
    expect(empty).toMatchObject({ from: '2026-03-18T00:00:00.000Z', defaulted: true, historyFrom: null });
    expect((await summary({ to: '2026-02-01T00:00:00Z' })).from).toBe('2026-01-31T00:00:00.000Z');
    expect((await summary({ from: '2026-03-02T00:00:00Z' })).defaulted).toBe(false);
  });

  it('tells a period without backups as empty', async () => {
    const { periods } = await summary({ from: '2026-03-02T00:00:00Z', to: '2026-03-04T00:00:00Z' });
    const nothing = { taken: 0, cancelled: 0, failed: 0, deleted: 0, durationMs: null, bytes: null };
    const bounds = { from: '2026-03-03T00:00:00.000Z', to: '2026-03-04T00:00:00.000Z' };
    expect(periods).toMatchObject([{ taken: 1 }, { ...bounds, ...nothing }]);
  });

  it.each([
    [{ by: 'year' }, /^by must be one of day, week, month, found "year"\.$/],
    [{ from: '2026-03-02', to: '2026-03-04' }, /^from must be a time that there is/],
    [{ from: '2026-03-04T00:00:00Z', to: '2026-03-02T00:00:00Z' }, /^from must not be beyond to: swap them/],
    [{ from: '2027-01-01T00:00:00Z' }, /^from must not be after 2026-03-18T12:00:00.000Z, found 2027/],
    [{ from: '2020-01-01T00:00:00Z' }, new RegExp(`at most ${MAX_PERIODS} periods, .* or a longer period\\.$`)],
  ])('refuses %j, naming what to do', async (query, message) => {
    const failure = await summary(query).catch((error: unknown) => error);
    expect(isFailure(failure, 'REQUEST_INVALID') && failure.message).toMatch(message);
  });
});
