import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { state } from '../../output/style.ts';
import { fields, section, stacked, table } from '../../output/table.ts';
import { amount, counted, when } from '../../output/units.ts';

export type Reconciliation = Schemas['Reconciliation'];
type Figures = Schemas['ReconciliationFigures'];

export const reconciliationDetails = (reconciliation: Reconciliation, screen: Screen): string => {
  const { figures } = reconciliation;
  return stacked(
    head(reconciliation, screen),
    ...(figures === null ? [] : [changed(figures, screen), discovered(figures, screen), unread(figures, screen)]),
  );
};

const head = ({ reconciliationId, state: name, endedAt, complete, figures }: Reconciliation, screen: Screen): string =>
  fields(
    [
      ['Reconciliation', reconciliationId],
      ['State', name],
      ['Ended', endedAt && when(endedAt, screen.now)],
      ['Compared', figures && `${counted(figures.backups, 'backup')}; ${partWords(figures.parts)}`],
      [
        'Skipped',
        figures && figures.skipped > 0 ? `${counted(figures.skipped, 'backup')} with an open operation` : null,
      ],
      ['Changed', figures && changedWords(figures, screen)],
      ['Complete', endedAt && (complete ? 'yes' : screen.style.bad('no, not every repository could be read'))],
    ],
    screen,
  );

const changedWords = ({ changedCount }: Figures, { style }: Screen): string =>
  changedCount === 0 ? style.good('none') : style.bad(counted(changedCount, 'backup'));

const partWords = (parts: Figures['parts']): string =>
  Object.entries(parts)
    .filter(([name, count]) => count > 0 || name === 'present')
    .map(([name, count]) => `${amount(count)} ${name}`)
    .join(', ');

const MAX = 20;
const rest = (shown: number, count: number): string =>
  count <= shown ? '' : `and ${amount(count - shown)} more: --output json`;

const changed = ({ changed: all, changedCount }: Figures, screen: Screen): string => {
  const rows = all
    .slice(0, MAX)
    .map(({ backupId, before, state: now, parts }) => [
      backupId,
      before,
      state(now, screen.style),
      parts.map(({ number, is }) => `part ${number} ${is}`).join(', '),
    ]);
  const columns = [{ head: 'backup', min: 12 }, { head: 'was' }, { head: 'is' }, { head: 'because', min: 10 }];
  return section('Changed', stacked(table(columns, rows, screen, ''), rest(rows.length, changedCount)), screen);
};

const discovered = ({ discovered: all, discoveredCount }: Figures, screen: Screen): string => {
  const rows = all
    .slice(0, MAX)
    .map(({ backupId, state: now, repository }) => [backupId, state(now, screen.style), repository]);
  const columns = [{ head: 'backup', min: 12 }, { head: 'state' }, { head: 'repository', min: 10 }];
  return section(
    'Found, not in the history',
    stacked(table(columns, rows, screen, ''), rest(rows.length, discoveredCount)),
    screen,
  );
};

const unread = ({ repositories, unverified }: Figures, screen: Screen): string => {
  const rows = [
    ...repositories.flatMap(({ repository, unread: why }) => (why === null ? [] : [[repository, why.message]])),
    ...unverified.slice(0, MAX).map(({ backupId, reason }) => [backupId, reason.message]),
  ];
  return section(
    'Could not be read',
    table(
      [
        { head: 'what', min: 12 },
        { head: 'why', min: 20 },
      ],
      rows,
      screen,
      '',
    ),
    screen,
  );
};
