import { z } from 'zod';
import { SETTINGS_COMPARED } from '../domain/repository/repository-identity.ts';
import { clusterUuid, count, operationId, repository, repositoryUuid, time } from './fields.ts';
import { reason } from './operations.ts';

/** Repositories that do not match the recorded ones: /api/v1/repositories. */

export const AcceptRepositoryRequest = z.strictObject({
  name: z.string().min(1).max(300).meta({ description: 'The name of the repository.', example: 'backups' }),
  reason,
});

export const AcceptedRepository = z
  .strictObject({
    repository,
    clusterUuid,
    repositoryUuid,
    noticedAt: time.meta({ description: 'When it was noticed that it does not match.' }),
    missing: count.meta({
      description:
        'How many COMPLETED backups should have been in it and are not. The reconciliation records that they are gone.',
    }),
    settings: z.enum(SETTINGS_COMPARED).meta({
      description:
        'Whether the settings that say where its data is are those under which these backups were recorded. `unknown`: they were not recorded, or could not be read.',
    }),
    reconciliationId: operationId.meta({ description: 'The id of the reconciliation that was requested with it.' }),
  })
  .meta({ id: 'AcceptedRepository', description: 'A repository that an operator accepted as it is now.' });
export type AcceptedRepository = z.infer<typeof AcceptedRepository>;
