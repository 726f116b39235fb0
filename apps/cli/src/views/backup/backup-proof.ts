import type { BackupProof } from '@tandem/shared/contract/seals.ts';
import type { Screen } from '../../output/screen.ts';
import { fields, section, stacked, table } from '../../output/table.ts';
import { amount, utc } from '../../output/units.ts';
import { wrapped } from '../../output/wrapped.ts';

const COLUMNS = [
  { head: 'event' },
  { head: 'time (UTC)' },
  { head: 'kind', min: 12 },
  { head: 'seal', align: 'right' },
] as const;

/** The events of a backup with their seals, and what does not match. */
export const backupProof = (proof: BackupProof, findings: readonly string[], screen: Screen): string =>
  stacked(
    head(proof, findings, screen),
    section('Events', events(proof, screen), screen),
    section('Findings', findings.flatMap((line) => wrapped(line, screen.width)).join('\n'), screen),
  );

const head = (
  { backupId, events: all, moreEvents, unsealed }: BackupProof,
  findings: readonly string[],
  screen: Screen,
) =>
  fields(
    [
      ['Backup', backupId],
      ['Intact', findings.length === 0 ? screen.style.good('yes') : screen.style.bad('no')],
      [
        'Events',
        `${amount(all.length)}${moreEvents === 0 ? '' : `, and ${amount(moreEvents)} more that are not listed`}`,
      ],
      ['Not sealed', unsealed === 0 ? null : `${amount(unsealed)}, so nothing can be said of these yet`],
    ],
    screen,
  );

const events = ({ events: all }: BackupProof, screen: Screen): string =>
  table(
    COLUMNS,
    all.map(({ event, seal }) => [event.id, utc(event.at), event.kind, seal === null ? '-' : String(seal)]),
    screen,
    '',
  );
