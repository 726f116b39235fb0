import type { Schemas } from '../connect/schemas.ts';
import type { Screen } from '../output/screen.ts';
import { fields, section, stacked, table } from '../output/table.ts';
import { amount, utc } from '../output/units.ts';

export type UpgradeCheck = Schemas['UpgradeCheck'];

/** What an engine could not restore or read. */
export const upgradeCheck = (check: UpgradeCheck, screen: Screen): string =>
  stacked(
    head(check, screen),
    section('Backups that it could not restore', backups(check, screen), screen),
    section('Indices that it could not read', indices(check, screen), screen),
  );

const head = ({ engine, version, running, backups: found, indices: checked }: UpgradeCheck, screen: Screen): string =>
  fields(
    [
      ['Running', running === null ? 'does not respond' : `${running.engine} ${running.version}`],
      ['Change to', `${engine} ${version}`],
      ['Backups lost', verdict(found.unusable, screen)],
      ['Not known', found.undecided.count === 0 ? null : `${counted(found.undecided)} backups`],
      [
        'Indices',
        checked.known ? indexWords(checked, screen) : screen.style.warning(`not checked: ${checked.unknownReason}`),
      ],
    ],
    screen,
  );

type Counted = UpgradeCheck['backups']['unusable'];

const counted = ({ count, isMinimum }: Counted): string => `${isMinimum ? 'at least ' : ''}${amount(count)}`;

const verdict = (unusable: Counted, { style }: Screen): string =>
  unusable.count === 0 ? style.good('none') : style.bad(counted(unusable));

const indexWords = ({ checked, unreadableCount }: UpgradeCheck['indices'], { style }: Screen): string => {
  const all = checked === null ? '' : ` of ${amount(checked)}`;
  return unreadableCount ? style.bad(`${amount(unreadableCount)}${all} unreadable`) : style.good(`all${all} readable`);
};

const BACKUPS = [{ head: 'backup', min: 12 }, { head: 'requested (UTC)' }, { head: 'because', min: 20 }] as const;

const backups = ({ backups: { items } }: UpgradeCheck, screen: Screen): string =>
  table(
    BACKUPS,
    items.map(({ backupId, requestedAt, parts }) => [
      backupId,
      utc(requestedAt).slice(0, 16),
      parts
        .map(({ number, index, version, why }) => `part ${number}, ${index ?? 'its snapshot'}: ${why} (${version})`)
        .join('; '),
    ]),
    screen,
    '',
  );

const INDICES = [{ head: 'index', min: 20 }, { head: 'created by' }, { head: 'is' }] as const;

const indices = ({ indices: { unreadable, unreadableCount } }: UpgradeCheck, screen: Screen): string => {
  const rows = unreadable.map(({ index, createdBy, why }) => [index, createdBy, why]);
  const more = (unreadableCount ?? 0) - rows.length;
  return stacked(table(INDICES, rows, screen, ''), more > 0 ? `and ${amount(more)} more` : '');
};
