import type { Screen } from '../../output/screen.ts';
import { state } from '../../output/style.ts';
import { fields, section, stacked, table } from '../../output/table.ts';
import { bytes, when } from '../../output/units.ts';
import type { BackupDetails } from './backup-details.ts';

/** What a deletion would delete, as far as the backup shows it. */
export type DeletionPreview = {
  readonly backupId: string;
  readonly state: BackupDetails['state'];
  readonly requestedAt: string;
  readonly deletedAt: string | null;
  readonly origin: BackupDetails['origin'];
  readonly hold: BackupDetails['hold'];
  readonly lastProvenAt: string | null;
  readonly repository: string;
  readonly snapshots: readonly {
    readonly snapshotName: string;
    readonly state: string;
    readonly bytes: number | null;
  }[];
};

/** Parts that were never sent to the engine have no snapshot. */
const NO_SNAPSHOT = new Set(['PLANNED', 'EMPTY', 'VANISHED']);

export const previewOf = (backup: BackupDetails): DeletionPreview => ({
  backupId: backup.backupId,
  state: backup.state,
  requestedAt: backup.requestedAt,
  deletedAt: backup.deletedAt,
  origin: backup.origin,
  hold: backup.hold,
  lastProvenAt: backup.lastFullProof?.at ?? null,
  repository: backup.repository,
  snapshots: backup.parts
    .filter(({ state: part }) => backup.deletedAt === null && !NO_SNAPSHOT.has(part))
    .map(({ snapshotName, state: part, bytes: size }) => ({ snapshotName, state: part, bytes: size })),
});

export const deletionPreview = (preview: DeletionPreview, screen: Screen): string => {
  const { hold, origin, lastProvenAt, deletedAt, snapshots } = preview;
  const rows = snapshots.map(({ snapshotName, state: part, bytes: size }) => [
    snapshotName,
    state(part, screen.style),
    bytes(size),
  ]);
  const columns = [{ head: 'snapshot', min: 20 }, { head: 'state' }, { head: 'size', align: 'right' }] as const;
  return stacked(
    fields(
      [
        ['Backup', preview.backupId],
        ['State', state(preview.state, screen.style)],
        ['Requested', when(preview.requestedAt, screen.now)],
        ['Deleted', deletedAt && when(deletedAt, screen.now)],
        ['Proven', lastProvenAt && when(lastProvenAt, screen.now)],
        ['Held', hold && `${hold.reason}. A held backup is not deleted: tandem backup release`],
        ['Origin', origin === 'discovered' ? 'discovered: needs --delete-discovered' : null],
        ['Repository', preview.repository],
      ],
      screen,
    ),
    section('Deletes', table(columns, rows, screen, 'no snapshot'), screen),
  );
};
