import type { PlanFacts } from '../plan-facts.ts';
import { type Blocker, blocker } from './blocker.ts';

/**
 * REPOSITORY_UNAVAILABLE: the engine cannot use it. REPOSITORY_CHANGED: its uuid is not the recorded one; an unknown uuid on either side blocks
 * nothing.
 */
export const repositoryBlockers = ({ backup, repository }: PlanFacts): readonly Blocker[] => {
  const { repository: name, repositoryUuid } = backup.location;
  if (repository.trouble !== undefined) {
    return [
      blocker(
        'REPOSITORY_UNAVAILABLE',
        [name],
        repository.trouble,
        `Register or repair repository ${name}, then verify it.`,
      ),
    ];
  }
  if (repositoryUuid === undefined || repository.uuid === undefined || repository.uuid === repositoryUuid) return [];
  return [
    blocker(
      'REPOSITORY_CHANGED',
      [repository.uuid],
      `Repository ${name} is registered to another location: its uuid is ${repository.uuid}, the backup is in ${repositoryUuid}.`,
      `Register ${name} to its old location.`,
    ),
  ];
};
