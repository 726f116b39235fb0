import type { SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';

/** A repository gets its uuid with its first snapshot. */
export const learnRepository = async (
  engine: Pick<SearchEngine, 'readRepository'>,
  { repository, repositoryUuid }: Location,
): Promise<{ readonly repositoryUuid?: string }> => {
  if (repositoryUuid !== undefined) return {};
  const { uuid } = await engine.readRepository(repository);
  return omitUndefined({ repositoryUuid: uuid });
};

/** Describes the state of the repository, for the failure reason of a backup whose snapshot is missing. */
export const repositoryWords = async (engine: SearchEngine, { repository }: Location): Promise<string> => {
  try {
    await engine.verifyRepository(repository);
    return `Repository ${repository} is writable.`;
  } catch (error) {
    const isKnown = isFailure(error, 'REPOSITORY_UNAVAILABLE', 'REPOSITORY_UNKNOWN', 'REPOSITORY_READ_ONLY');
    const words = isKnown ? 'cannot be used' : 'could not be verified';
    return `Repository ${repository} ${words}: ${error instanceof Error ? error.message : String(error)}`;
  }
};
