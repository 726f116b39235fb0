import type { SearchEngine } from '@tandem/engine/port.ts';
import { type ClaimedOperation, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';

/**
 * A snapshot beyond `max_number_of_snapshots` is accepted and copied, and gone at its end. REPOSITORY_FULL: the repository does not keep
 * as many more as the backup still needs. Rejects as `SearchEngine.readRepository` does.
 */
export const requireRoom = async (
  engine: Pick<SearchEngine, 'readRepository'>,
  { backup }: ClaimedOperation,
): Promise<void> => {
  const { repository } = backup.location;
  const { snapshotsLeft } = await engine.readRepository(repository);
  const needed = takenParts(backup.parts).filter(({ state }) => state !== 'SUCCESS').length;
  if (snapshotsLeft === undefined || snapshotsLeft >= needed) return;
  throw fail(
    'REPOSITORY_FULL',
    `Repository ${repository} keeps ${snapshotsLeft} more snapshots (its setting max_number_of_snapshots), and this backup needs ${needed}. Delete backups that are not needed any more, or raise the setting: the backup goes on by itself then.`,
    { repository, snapshotsLeft, needed },
  );
};
