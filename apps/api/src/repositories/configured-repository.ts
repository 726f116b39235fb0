import { fail } from '@tandem/shared/domain/failure/failure.ts';

/** The repository that backups are taken into. REPOSITORY_NOT_CONFIGURED. */
export const configuredRepository = (repository: string | undefined): string => {
  if (repository !== undefined) return repository;
  throw fail(
    'REPOSITORY_NOT_CONFIGURED',
    'Set CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME (YAML backup.repositoryName) to the name of a snapshot repository that the engine knows.',
  );
};
