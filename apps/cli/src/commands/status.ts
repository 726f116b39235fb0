import type { Schemas } from '../connect/schemas.ts';
import type { ExitName } from '../exit-codes.ts';
import type { Screen } from '../output/screen.ts';
import type { Style } from '../output/style.ts';
import { fields, section, stacked } from '../output/table.ts';
import { when } from '../output/units.ts';
import { hanging } from '../output/wrapped.ts';
import { command, shown } from '../program/command.ts';
import { flag } from '../program/options.ts';
import { operationList } from '../views/operation/operation-list.ts';

type Status = Schemas['Status'];
type Protection = Status['status'];

const CHECKED: Readonly<Record<Protection, ExitName>> = {
  safe: 'ok',
  'at-risk': 'failed',
  'not-protected': 'failed',
  unknown: 'unreachable',
};

export const status = command({
  name: 'status',
  description: 'Whether the installation is protected: the last backup, the last proof, what runs, what is wrong.',
  options: { check: flag('--check', 'exit with 1 unless it is safe, and with 5 if that cannot be checked') },
  examples: ['tandem status', 'tandem status --check --output json'],
  run: async ({ client, options }) => {
    const found = await client.get('/api/v1/status');
    return shown(found, view, { exit: options.check ? CHECKED[found.status] : 'ok' });
  },
});

const WORDS: Readonly<Record<Protection, (style: Style) => string>> = {
  safe: ({ good }) => good('SAFE'),
  'at-risk': ({ warning }) => warning('AT RISK'),
  unknown: ({ warning }) => warning('UNKNOWN'),
  'not-protected': ({ bad }) => bad('NOT PROTECTED'),
};

const view = (found: Status, screen: Screen): string =>
  stacked(
    fields(
      [
        ['Status', WORDS[found.status](screen.style)],
        ['Last completed', lastCompleted(found, screen)],
        ['Last proven', lastProven(found, screen)],
      ],
      screen,
    ),
    section('Problems', found.concerns.flatMap((one, nth) => concern(one, nth, screen)).join('\n'), screen),
    operations(found, screen),
  );

const lastCompleted = ({ backups }: Status, { now, style }: Screen): string => {
  if (backups === null) return 'unknown: the history cannot be read';
  if (backups.lastCompleted === null) return style.bad('none');
  const { backupId, endedAt, verified } = backups.lastCompleted;
  return `${backupId}, ${when(endedAt, now)}${verified ? '' : ', not verified in the engine'}`;
};

const lastProven = ({ backups }: Status, { now, style }: Screen): string => {
  if (backups === null) return 'unknown';
  if (backups.lastProven === null) return style.warning('none');
  return `${backups.lastProven.backupId}, ${when(backups.lastProven.provenAt, now)}`;
};

const concern = (
  { message, leadsTo, backupId, operationId }: Schemas['StatusConcern'],
  nth: number,
  { style, width }: Screen,
): readonly string[] => {
  const lines = hanging(`${nth + 1}. `, message, width);
  const next =
    operationId !== null
      ? `tandem operation get ${operationId}`
      : backupId !== null
        ? `tandem backup get ${backupId}`
        : '';
  const painted = leadsTo === 'not-protected' ? lines.map(style.bad) : lines;
  return next === '' ? painted : [...painted, style.dim(`   ${next}`)];
};

const operations = ({ operations: all }: Status, screen: Screen): string => {
  if (all === null) return '';
  const open = all.open.length === 0 ? '' : operationList(all.open, screen);
  const failed = all.failed.length === 0 ? '' : operationList(all.failed, screen);
  const more = all.more ? 'There are more: tandem operation list --open' : '';
  return stacked(section('Running', stacked(open, more), screen), section('Failed within 24 hours', failed, screen));
};
