import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { section, table } from '../../output/table.ts';
import { utc, when } from '../../output/units.ts';

type Run = Pick<
  Schemas['OperationWithAttempts'],
  'failure' | 'lastError' | 'nextAttemptAt' | 'suspension' | 'waiting' | 'endedAt'
>;

/** What an operation or a restore waits for, or why it failed; rows for `fields`. */
export const ledgerRows = (run: Run, { now }: Screen): readonly (readonly [string, string | null])[] => [
  ['Failure', run.failure && `${run.failure.message} (${run.failure.code})`],
  ['Suspended', run.suspension && `${run.suspension.message} Release or cancel it: tandem operation release, cancel`],
  ['Last error', run.lastError && `${run.lastError.message} ${run.lastError.remedy}`],
  ['Next attempt', run.nextAttemptAt && when(run.nextAttemptAt, now)],
  ['Waits for', run.waiting?.for ?? null],
  ['Ended', run.endedAt && when(run.endedAt, now)],
];

const ATTEMPTS = [
  { head: '#', align: 'right' },
  { head: 'ended (UTC)' },
  { head: 'because of' },
  { head: 'result', min: 20 },
] as const;

/** The last ones, since those say why it is where it is. */
const SHOWN = 10;

export const attempts = (all: readonly Schemas['Attempt'][], screen: Screen): string => {
  const rows = all
    .slice(-SHOWN)
    .map(({ number, endedAt, trigger, reason }) => [
      String(number),
      utc(endedAt),
      trigger,
      reason === null ? screen.style.good('ok') : `${reason.message} (${reason.code})`,
    ]);
  return section(
    all.length > SHOWN ? `The last ${SHOWN} of ${all.length} attempts` : 'Attempts',
    table(ATTEMPTS, rows, screen, ''),
    screen,
  );
};
