import { z } from 'zod';
import { BACKUP_ORIGINS, BACKUP_STATES } from '../domain/backup/backup.ts';

/**
 * What of a backup is compared with its events. Every line of an export of backups contains it, whatever else it contains: times with
 * milliseconds or microseconds, `deletedAt` null where it is not deleted. What is left out is not compared.
 */
export const ExportedBackup = z.object({
  /** One per incarnation of an id; events carry it as `backupKey`. */
  key: z.string().regex(/^-?\d+$/),
  backupId: z.string(),
  origin: z.enum(BACKUP_ORIGINS),
  state: z.enum(BACKUP_STATES),
  requestedAt: z.string(),
  deletedAt: z.string().nullable(),
  labels: z.json().optional(),
  note: z.string().nullable().optional(),
  /** As the events write it; null: it is not held. */
  hold: z.json().optional(),
  /** 'infinity': until an operator releases it. */
  heldUntil: z.string().nullable().optional(),
  parts: z.array(z.object({ number: z.int(), state: z.string(), uuid: z.string().nullable() })).optional(),
  /** As the event of its rehearsal has it; null: none. */
  proof: z.json().optional(),
  partialProof: z.json().optional(),
  lastProvenAt: z.string().nullable().optional(),
  /** Whether its repository was verified; null: nothing is recorded. */
  repositoryVerified: z.boolean().nullable().optional(),
  /** The same, with the reason. */
  repositoryCheck: z.json().optional(),
});
export type ExportedBackup = z.infer<typeof ExportedBackup>;
