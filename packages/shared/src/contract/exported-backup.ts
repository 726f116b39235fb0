import { z } from 'zod';
import { BACKUP_ORIGINS, BACKUP_STATES } from '../domain/backup/backup.ts';
import { backupId, count, json, snapshotUuid } from './fields.ts';

/** A time with milliseconds or microseconds. */
const stored = z.string().meta({ example: '2026-11-22T01:00:00.000001Z' });

/**
 * What of a backup is compared with its events. Every line of an export of backups contains it, whatever else it contains: times with
 * milliseconds or microseconds, `deletedAt` null where it is not deleted. What is left out is not compared.
 */
export const ExportedBackup = z.object({
  key: z
    .string()
    .regex(/^-?\d+$/)
    .meta({
      description: 'One per incarnation of an id, decimal digits; events carry it as `backupKey`.',
      example: '7',
    }),
  backupId,
  origin: z.enum(BACKUP_ORIGINS).meta({ description: 'Who made it, as in a single backup.' }),
  state: z.enum(BACKUP_STATES).meta({ description: 'The state as last seen.' }),
  requestedAt: stored.meta({ description: 'When it was requested.' }),
  deletedAt: stored.nullable().meta({ description: 'When its snapshots were deleted. Null: they were not.' }),
  labels: json.optional().meta({ description: 'Its labels, by key. Absent: not exported.' }),
  note: z
    .string()
    .meta({ example: 'before the migration to 3.10' })
    .nullable()
    .optional()
    .meta({ description: 'A note for people. Null: none. Absent: not exported.' }),
  hold: json.optional().meta({ description: 'The hold, as its event has it. Null: none. Absent: not exported.' }),
  heldUntil: stored.nullable().optional().meta({
    description: 'Until when it is held; `infinity`: until it is released. Null: not held. Absent: not exported.',
  }),
  parts: z
    .array(
      z.object({
        number: count.meta({ description: 'Which part of the backup it is, from 1.', example: 1 }),
        state: z.string().meta({ description: 'The state of the part.', example: 'SUCCESS' }),
        uuid: snapshotUuid.nullable().meta({ description: 'The uuid of its snapshot. Null: none was seen.' }),
      }),
    )
    .optional()
    .meta({ description: 'Its snapshots. Absent: not exported.' }),
  proof: json.optional().meta({
    description: 'The last full proof, as the event of its rehearsal has it. Null: none. Absent: not exported.',
  }),
  partialProof: json.optional().meta({
    description: 'The last partial proof, as the event of its rehearsal has it. Null: none. Absent: not exported.',
  }),
  lastProvenAt: stored.nullable().optional().meta({
    description: 'When a rehearsal last proved all of it restorable. Null: none has. Absent: not exported.',
  }),
  repositoryVerified: z.boolean().nullable().optional().meta({
    description: 'Whether its repository was verified. Null: nothing is recorded. Absent: not exported.',
  }),
  repositoryCheck: json.optional().meta({
    description: 'The same, with the reason. Null: nothing is recorded. Absent: not exported.',
  }),
});
export type ExportedBackup = z.infer<typeof ExportedBackup>;
