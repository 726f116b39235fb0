import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { state } from '../../output/style.ts';
import { table } from '../../output/table.ts';
import { bytes, listed, relative } from '../../output/units.ts';

type Listed = Pick<
  Schemas['BackupSummary'],
  'backupId' | 'state' | 'deletedAt' | 'hold' | 'requestedAt' | 'bytes' | 'lastProvenAt'
>;

const COLUMNS = [
  { head: 'backup', min: 12 },
  { head: 'state' },
  { head: 'requested (UTC)', min: 16 },
  { head: 'size', align: 'right' },
  { head: 'proven', min: 8 },
] as const;

/** A deleted backup does not look like one whose snapshots are there. */
const stateOf = ({ state: name, deletedAt, hold }: Listed, screen: Screen): string => {
  const shown = deletedAt === null ? state(name, screen.style) : screen.style.dim('DELETED');
  return hold === null ? shown : `${shown} held`;
};

export const backupList = (backups: readonly Listed[], screen: Screen): string =>
  table(
    COLUMNS,
    backups.map((backup) => [
      backup.backupId,
      stateOf(backup, screen),
      listed(backup.requestedAt, screen.now),
      bytes(backup.bytes),
      backup.lastProvenAt === null ? '-' : relative(backup.lastProvenAt, screen.now),
    ]),
    screen,
    'No backup fits.',
  );
