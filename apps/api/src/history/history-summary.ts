import type { SearchHistory } from '@tandem/history/ports/search.ts';
import type { PastRestore, Periods, Recovery, SummaryHistory } from '@tandem/history/ports/summary.ts';
import { type HistorySummary, MAX_PERIODS, type SummaryQuery } from '@tandem/shared/contract/summary.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { type Period, periodStart, periodsBetween, periodsLater } from '@tandem/shared/domain/history/periods.ts';

export type Summarize = {
  readonly history: Pick<SummaryHistory, 'historySummary'> & Pick<SearchHistory, 'historyFrom'>;
  readonly now: () => Date;
};

/** REQUEST_INVALID where the range is too long, QUERY_TOO_LONG, HISTORY_UNREACHABLE. */
export const historySummary = async ({ history, now }: Summarize, query: SummaryQuery): Promise<HistorySummary> => {
  const { by, to = now() } = query;
  const { backups: began } = await history.historyFrom();
  const from = query.from ?? firstPeriod(by, began ?? to, to);
  const starts = startsOf(by, from, to);
  const { periods, recovery, versions } = await history.historySummary(by, from, to);
  return {
    ...{ by, from: from.toISOString(), to: to.toISOString() },
    ...{ defaulted: query.from === undefined, historyFrom: began?.toISOString() ?? null },
    periods: filled(by, starts, periods),
    recovery: recoveryAnswer(recovery),
    versions: versions.map((version) => ({
      optimizeVersion: version.optimizeVersion,
      periods: filled(by, starts, version.periods),
      recovery: recoveryAnswer(version.recovery),
    })),
  };
};

/** The period of the first backup, unless more than MAX_PERIODS would follow; the last one if that is after `to`. */
const firstPeriod = (by: Period, began: Date, to: Date): Date => {
  const last = periodStart(by, new Date(to.getTime() - 1));
  const first = periodStart(by, began);
  const earliest = periodsLater(by, last, 1 - MAX_PERIODS);
  return [first, earliest, last].sort((one, other) => one.getTime() - other.getTime())[1] ?? last;
};

const startsOf = (by: Period, from: Date, to: Date): readonly Date[] => {
  if (from > to)
    throw fail('REQUEST_INVALID', `from must not be after ${to.toISOString()}, found ${from.toISOString()}.`);
  const starts = periodsBetween(by, from, to, MAX_PERIODS + 1);
  if (starts.length <= MAX_PERIODS) return starts;
  throw fail(
    'REQUEST_INVALID',
    `from to to must be at most ${MAX_PERIODS} periods, found more of a ${by} from ${from.toISOString()} to ${to.toISOString()}: request a shorter range, or a longer period.`,
    { max: MAX_PERIODS },
  );
};

const filled = (by: Period, starts: readonly Date[], found: Periods) => {
  const byStart = new Map(found.map((period) => [period.start.getTime(), period]));
  return starts.map((start) => {
    const { taken = 0, cancelled = 0, failed = 0, deleted = 0, durationMs, bytes } = byStart.get(start.getTime()) ?? {};
    const bounds = { from: start.toISOString(), to: periodsLater(by, start, 1).toISOString() };
    return { ...bounds, taken, cancelled, failed, deleted, durationMs: durationMs ?? null, bytes: bytes ?? null };
  });
};

const restoreAnswer = (restore: PastRestore | undefined) =>
  restore === undefined ? null : { ...restore, endedAt: restore.endedAt.toISOString() };

const recoveryAnswer = ({ lastCompleted, lastRestore, lastRehearsal }: Recovery) => ({
  lastCompleted:
    lastCompleted === undefined ? null : { ...lastCompleted, endedAt: lastCompleted.endedAt.toISOString() },
  lastRestore: restoreAnswer(lastRestore),
  lastRehearsal: restoreAnswer(lastRehearsal),
});
