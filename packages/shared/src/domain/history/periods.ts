export const PERIODS = ['day', 'week', 'month'] as const;
/** In UTC; a week is one of ISO 8601 and begins on Monday. */
export type Period = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;

/** The start of the period that contains a moment, in UTC; as date_trunc of PostgreSQL. */
export const periodStart = (period: Period, at: Date): Date => {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (period === 'month') return new Date(Date.UTC(year, month));
  const sinceMonday = period === 'week' ? (at.getUTCDay() + 6) % 7 : 0;
  return new Date(Date.UTC(year, month, day - sinceMonday));
};

/** The start of the period `count` periods after the one that starts then; before it if `count` is negative. */
export const periodsLater = (period: Period, start: Date, count: number): Date =>
  period === 'month'
    ? new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + count))
    : new Date(start.getTime() + count * (period === 'week' ? 7 : 1) * DAY_MS);

/** When each period begins that has a part of `from` (with it) to `to` (without it); at most `max`. */
export const periodsBetween = (period: Period, from: Date, to: Date, max: number): readonly Date[] => {
  const starts: Date[] = [];
  for (let start = periodStart(period, from); start < to && starts.length < max; ) {
    starts.push(start);
    start = periodsLater(period, start, 1);
  }
  return starts;
};
