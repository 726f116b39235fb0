import { z } from 'zod';
import { SETTINGS_COMPARED } from '../domain/repository/repository-identity.ts';
import { reason } from './operations.ts';

/** Repositories that do not match the recorded ones: /api/v1/repositories. */

const time = z.iso.datetime();

export const AcceptRepositoryRequest = z.strictObject({ name: z.string().min(1).max(300), reason });

export const AcceptedRepository = z
  .strictObject({
    repository: z.string(),
    clusterUuid: z.string(),
    repositoryUuid: z.string().nullable(),
    noticedAt: time,
    /** COMPLETED backups that should have been in it: the comparison records that they are gone. */
    missing: z.int(),
    /** Whether the settings that say where its data is are those under which these backups were recorded. */
    settings: z.enum(SETTINGS_COMPARED),
    /** The comparison that was requested with it. */
    reconciliationId: z.string(),
  })
  .meta({ id: 'AcceptedRepository' });
export type AcceptedRepository = z.infer<typeof AcceptedRepository>;
