import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { fields, section, stacked, table } from '../../output/table.ts';
import { amount, bytes, span, when } from '../../output/units.ts';

type Summary = Schemas['HistorySummary'];

const COLUMNS = [
  { head: 'from (UTC)' },
  { head: 'taken', align: 'right' },
  { head: 'failed', align: 'right' },
  { head: 'cancelled', align: 'right' },
  { head: 'deleted', align: 'right' },
  { head: 'median', align: 'right' },
  { head: 'p95', align: 'right' },
  { head: 'size', align: 'right' },
] as const;

/** Periods without a backup are left out, since a range may have hundreds. */
export const historySummary = (summary: Summary, screen: Screen): string => {
  const filled = summary.periods.filter(({ taken, cancelled }) => taken + cancelled > 0);
  const rows = filled.map(({ from, taken, failed, cancelled, deleted, durationMs, bytes: size }) => [
    from.slice(0, 10),
    ...[taken, failed, cancelled, deleted].map(amount),
    durationMs === null ? '-' : span(durationMs.p50),
    durationMs === null ? '-' : span(durationMs.p95),
    bytes(size?.p50 ?? null),
  ]);
  return stacked(
    table(COLUMNS, rows, screen, 'No backup was requested in that time.'),
    section('Recovery', recovery(summary, screen), screen),
  );
};

const recovery = ({ recovery: { lastCompleted, lastRestore, lastRehearsal } }: Summary, screen: Screen): string => {
  const took = (past: Schemas['PastRestore'] | null) =>
    past === null ? 'never' : `${when(past.endedAt, screen.now)}, took ${span(past.durationMs)}, of ${past.backupId}`;
  return fields(
    [
      [
        'Last completed',
        lastCompleted === null ? 'never' : `${lastCompleted.backupId}, ${when(lastCompleted.endedAt, screen.now)}`,
      ],
      ['Last rehearsal', took(lastRehearsal)],
      ['Last restore', took(lastRestore)],
    ],
    screen,
  );
};
