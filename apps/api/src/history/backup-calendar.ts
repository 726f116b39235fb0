import type { SummaryHistory } from '@tandem/history/ports/summary.ts';
import { type BackupCalendar, type CalendarQuery, MAX_DAYS } from '@tandem/shared/contract/calendar.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { dayIn, NO_BACKUPS } from '@tandem/shared/domain/history/calendar.ts';
import { periodsBetween, periodsLater } from '@tandem/shared/domain/history/periods.ts';

export type ReadCalendar = { readonly history: Pick<SummaryHistory, 'calendar'>; readonly now: () => Date };

/** REQUEST_INVALID where the range is too long or begins after today, QUERY_TOO_LONG, HISTORY_UNREACHABLE. */
export const backupCalendar = async (
  { history, now }: ReadCalendar,
  { timeZone, ...query }: CalendarQuery,
): Promise<BackupCalendar> => {
  const to = query.to ?? dayIn(timeZone)(now());
  const from = query.from ?? `${to.slice(0, -2)}01`;
  const dates = datesOf(from, to);
  const byDate = new Map((await history.calendar(timeZone, from, to)).map((day) => [day.date, day]));
  const days = dates.map((date) => {
    const { states = {}, deleted = 0 } = byDate.get(date) ?? {};
    return { date, states: { ...NO_BACKUPS, ...states }, deleted };
  });
  return { timeZone, from, to, days };
};

const datesOf = (from: string, to: string): readonly string[] => {
  if (from > to) throw fail('REQUEST_INVALID', `from must not be after ${to}, found ${from}.`);
  const end = periodsLater('day', new Date(to), 1);
  const days = periodsBetween('day', new Date(from), end, MAX_DAYS + 1);
  if (days.length <= MAX_DAYS) return days.map(dayIn('UTC'));
  throw fail(
    'REQUEST_INVALID',
    `from to to must be at most ${MAX_DAYS} days, found more from ${from} to ${to}: request a shorter range.`,
    { max: MAX_DAYS },
  );
};
