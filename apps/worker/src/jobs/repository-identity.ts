import type { SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup.ts';
import { fail } from '@tandem/shared/domain/failure.ts';

/** REPOSITORY_CHANGED: the name stands for another place now. Rejects as `SearchEngine.readRepository` does too. */
export const requireSameRepository = async (
  engine: Pick<SearchEngine, 'readRepository'>,
  location: Location,
): Promise<void> => {
  const { repository, repositoryUuid } = location;
  const { uuid } = await engine.readRepository(repository);
  if (repositoryUuid === undefined || uuid === repositoryUuid) return;
  throw fail(
    'REPOSITORY_CHANGED',
    `Repository ${repository} is ${uuid === undefined ? 'an empty one' : `another one (uuid ${uuid})`} now; this backup was begun in uuid ${repositoryUuid}. Register the name to its old place again, or cancel the backup.`,
    { repository, expected: repositoryUuid, found: uuid ?? null },
  );
};

/** A repository that was empty has a uuid from its first snapshot on. */
export const learnRepository = async (
  engine: Pick<SearchEngine, 'readRepository'>,
  { repository, repositoryUuid }: Location,
): Promise<{ readonly repositoryUuid?: string }> => {
  if (repositoryUuid !== undefined) return {};
  const { uuid } = await engine.readRepository(repository);
  return uuid === undefined ? {} : { repositoryUuid: uuid };
};

/** What a look at the repository says, for the reason of a backup whose snapshot is gone. */
export const repositoryWords = async (engine: SearchEngine, { repository }: Location): Promise<string> => {
  try {
    await engine.verifyRepository(repository);
    return `Repository ${repository} can be written.`;
  } catch (error) {
    return `Repository ${repository} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
};
