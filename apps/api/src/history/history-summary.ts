import type { PastRestore, Periods, Recovery, SummaryHistory } from '@tandem/history/ports/summary.ts';
import { type HistorySummary, MOST_PERIODS, type SummaryQuery } from '@tandem/shared/contract/summary.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { type Period, periodStart, periodsBetween, periodsLater } from '@tandem/shared/domain/history/periods.ts';

export type Summarize = { readonly history: SummaryHistory; readonly now: () => Date };

/** What is told where no `from` is given: so many, the last one with them. */
const USUAL: Readonly<Record<Period, number>> = { day: 30, week: 13, month: 12 };

/** REQUEST_INVALID where the range is too long, QUERY_TOO_LONG, HISTORY_UNREACHABLE. */
export const historySummary = async ({ history, now }: Summarize, query: SummaryQuery): Promise<HistorySummary> => {
  const { by, to = now() } = query;
  const from = query.from ?? periodsLater(by, periodStart(by, new Date(to.getTime() - 1)), 1 - USUAL[by]);
  const starts = startsOf(by, from, to);
  const { periods, recovery, versions } = await history.historySummary(by, from, to);
  return {
    ...{ by, from: from.toISOString(), to: to.toISOString() },
    periods: filled(by, starts, periods),
    recovery: recoveryAnswer(recovery),
    versions: versions.map((version) => ({
      optimizeVersion: version.optimizeVersion,
      periods: filled(by, starts, version.periods),
      recovery: recoveryAnswer(version.recovery),
    })),
  };
};

const startsOf = (by: Period, from: Date, to: Date): readonly Date[] => {
  if (from > to)
    throw fail('REQUEST_INVALID', `from must not be beyond ${to.toISOString()}, found ${from.toISOString()}.`);
  const starts = periodsBetween(by, from, to, MOST_PERIODS + 1);
  if (starts.length <= MOST_PERIODS) return starts;
  throw fail(
    'REQUEST_INVALID',
    `from to to must be at most ${MOST_PERIODS} periods, found more of a ${by} from ${from.toISOString()} to ${to.toISOString()}: ask for a shorter time, or by a longer period.`,
    { most: MOST_PERIODS },
  );
};

const filled = (by: Period, starts: readonly Date[], told: Periods) => {
  const byStart = new Map(told.map((period) => [period.start.getTime(), period]));
  return starts.map((start) => {
    const { taken = 0, cancelled = 0, failed = 0, deleted = 0, durationMs, bytes } = byStart.get(start.getTime()) ?? {};
    const bounds = { start: start.toISOString(), end: periodsLater(by, start, 1).toISOString() };
    return { ...bounds, taken, cancelled, failed, deleted, durationMs: durationMs ?? null, bytes: bytes ?? null };
  });
};

const restoreAnswer = (restore: PastRestore | undefined) =>
  restore === undefined ? null : { ...restore, endedAt: restore.endedAt.toISOString() };

const recoveryAnswer = ({ lastCompleted, lastRestore, lastRehearsal }: Recovery) => ({
  lastCompleted:
    lastCompleted === undefined ? null : { ...lastCompleted, finishedAt: lastCompleted.finishedAt.toISOString() },
  lastRestore: restoreAnswer(lastRestore),
  lastRehearsal: restoreAnswer(lastRehearsal),
});
