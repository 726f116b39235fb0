import { foundSet } from '@tandem/history/conformance/examples.ts';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { BackupCalendar, CalendarQuery, MAX_DAYS } from '@tandem/shared/contract/calendar.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { readInput } from '../http/read-input.ts';
import { backupCalendar } from './backup-calendar.ts';

const now = () => new Date('2026-03-04T23:30:00Z');
const history = inMemoryHistory({ now });

const calendar = async (query: object) =>
  BackupCalendar.parse(await backupCalendar({ history, now }, readInput(CalendarQuery, query, 'The query')));

beforeAll(async () => {
  await history.discover(foundSet('one', { requestedAt: new Date('2026-03-02T23:30:00Z') }));
  await history.discover(foundSet('two', { requestedAt: new Date('2026-03-04T12:00:00Z'), state: 'FAILED' }));
});

const none = { COMPLETED: 0, FAILED: 0, INCOMPATIBLE: 0, IN_PROGRESS: 0, INCOMPLETE: 0 };

describe('the calendar of backups', () => {
  it('shows each day of the current month so far, the empty ones too', async () => {
    const day = (nth: number, states: object = {}) => ({
      ...{ date: `2026-03-0${nth}`, states: { ...none, ...states }, deleted: 0 },
    });
    expect(await calendar({})).toEqual({
      ...{ timeZone: 'UTC', from: '2026-03-01', to: '2026-03-04' },
      days: [day(1), day(2, { COMPLETED: 1 }), day(3), day(4, { FAILED: 1 })],
    });
  });

  it('ends with today in the time zone, and counts by its days', async () => {
    const { to, days } = await calendar({ timeZone: 'Europe/Berlin' });
    expect(to).toBe('2026-03-05');
    expect(days.flatMap(({ date, states }) => (states.COMPLETED > 0 ? [date] : []))).toEqual(['2026-03-03']);
  });

  it(`shows ${MAX_DAYS} days`, async () => {
    const { days } = await calendar({ from: '2025-01-29', to: '2026-03-04' });
    expect([days.length, days[0]?.date, days.at(-1)?.date]).toEqual([MAX_DAYS, '2025-01-29', '2026-03-04']);
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, /^timeZone must be UTC or the name of a time zone, .*found "Mars\/Olympus"\.$/],
    [{ timeZone: '+02:00' }, /^timeZone must be UTC or the name of a time zone/],
    [{ from: '2026-02-30' }, /^from must be a day that there is, .*found "2026-02-30"\.$/],
    [{ from: '2026-03-02T00:00:00Z' }, /^from must be a day that there is/],
    [{ from: '2026-03-04', to: '2026-03-02' }, /^from must not be after to: swap them/],
    [{ from: '2026-03-05' }, /^from must not be after 2026-03-04, found 2026-03-05\.$/],
    [{ from: '2025-01-28', to: '2026-03-04' }, new RegExp(`at most ${MAX_DAYS} days, .* request a shorter range\\.$`)],
  ])('refuses %j, naming what to do', async (query, message) => {
    const failure = await calendar(query).catch((error: unknown) => error);
    expect(isFailure(failure, 'REQUEST_INVALID') && failure.message).toMatch(message);
  });
});
