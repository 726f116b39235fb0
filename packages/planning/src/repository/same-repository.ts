import type { SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';

/** REPOSITORY_CHANGED: the name is registered with another location now. Also rejects as `SearchEngine.readRepository`. */
export const requireSameRepository = async (
  engine: Pick<SearchEngine, 'readRepository'>,
  location: Location,
): Promise<void> => {
  const { repository, repositoryUuid } = location;
  const { uuid } = await engine.readRepository(repository);
  if (repositoryUuid === undefined || uuid === repositoryUuid) return;
  throw fail(
    'REPOSITORY_CHANGED',
    `Repository ${repository} is ${uuid === undefined ? 'an empty one' : `another one (uuid ${uuid})`} now; this backup was started in uuid ${repositoryUuid}. Register the repository with its old location again, or cancel the backup.`,
    { repository, expected: repositoryUuid, found: uuid ?? null },
  );
};
