import type { Schemas } from '../../connect/schemas.ts';
import type { Screen } from '../../output/screen.ts';
import { fields, section, stacked } from '../../output/table.ts';
import { backupList } from '../backup/backup-list.ts';

/** The backup that a snapshot is a part of, and others that had a snapshot of its name. */
export const foundSnapshot = (
  { snapshotName, part, backup, others }: Schemas['FoundSnapshot'],
  screen: Screen,
): string =>
  stacked(
    fields(
      [
        ['Snapshot', snapshotName],
        ['Part', `${part} of ${backup.parts.length}`],
      ],
      screen,
    ),
    section('Of backup', backupList([backup], screen), screen),
    section('Had the same name', others.length === 0 ? '' : backupList(others, screen), screen),
  );
