import { z } from 'zod';
import { MARK_SOURCES, ROLLBACK_SCOPES } from '../domain/history/rollback/rollback.ts';
import { count, time } from './fields.ts';
import { reason } from './operations.ts';

/** Which history this is, and whether its database was put back to an earlier state: /api/v1/history. */

export const RollbackMark = z.strictObject({
  source: z.enum(MARK_SOURCES).meta({ description: 'Where the mark was read: in Redis or in metadata of a snapshot.' }),
  eventId: z.string().meta({ description: 'The id of the event that the mark names.', example: '48213' }),
  is: z.enum(['missing', 'another']).meta({
    description: '`missing`: the history has no event of that id. `another`: it has another event of that id.',
  }),
  at: time.meta({ description: 'When the history still had the event.' }),
});

export const DetectedRollback = z
  .strictObject({
    detectedAt: time.meta({ description: 'When the rollback was detected.' }),
    lossMs: z.number().meta({
      description: 'How much of the history is lost at most, in milliseconds.',
      example: 86_400_000,
    }),
    suspends: z.enum(ROLLBACK_SCOPES).meta({
      description: 'Which open operations were suspended: deletions and restores that delete, or everything.',
    }),
    mark: RollbackMark.meta({ description: 'The mark that shows it.' }),
  })
  .meta({ id: 'DetectedRollback', description: 'The database of the history was put back to an earlier state.' });

const markReading = z.strictObject({
  read: z.boolean().meta({
    description: 'Whether marks were read since this process began. What cannot be read shows no rollback.',
  }),
  marks: count.meta({ description: 'How many marks of this history and epoch there are.', example: 1 }),
  unread: z.string().meta({ example: 'Redis does not respond.' }).nullable().meta({
    description: 'Why the last reading failed. Null: it did not.',
  }),
});

export const HistoryStatus = z
  .strictObject({
    historyId: z.uuid().meta({
      description: 'The id of this history. Another database has another one.',
      example: 'a3c9a6f4-5d2b-4b57-9c39-0d6f8a1f5b10',
    }),
    epoch: z.uuid().meta({
      description: 'The epoch of the history. Acknowledging a rollback begins a new one.',
      example: '5f0f7a52-0c5e-4e0b-8a8e-7a9b1f5f2f11',
    }),
    heartbeatAt: time.meta({ description: 'When the history was last marked.' }),
    rollback: DetectedRollback.nullable().meta({
      description: 'The rollback that was detected. Null: none, or it was acknowledged.',
    }),
    redis: markReading.meta({ description: 'The marks in Redis.' }),
    snapshots: markReading.meta({ description: 'The marks in the metadata of snapshots.' }),
  })
  .meta({ id: 'HistoryStatus', description: 'Which history this is, and whether its database was rolled back.' });
export type HistoryStatus = z.infer<typeof HistoryStatus>;

export const AcknowledgeRollbackRequest = z.strictObject({ reason });
