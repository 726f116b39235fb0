import type { SearchEngine } from '@tandem/engine/port.ts';
import { takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';

/**
 * The engine accepts and copies a snapshot beyond `max_number_of_snapshots`, and drops it at its end. REPOSITORY_FULL: the limit leaves fewer
 * snapshots than the backup still needs. Rejects as `SearchEngine.readRepository` does.
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
    `Repository ${repository} keeps ${snapshotsLeft} more snapshots (its setting max_number_of_snapshots), and this backup needs ${needed}. Delete backups that are no longer needed, or raise the setting; the backup then continues automatically.`,
    { repository, snapshotsLeft, needed },
  );
};
