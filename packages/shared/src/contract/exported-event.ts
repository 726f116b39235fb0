import { z } from 'zod';
import { backupId, givenReason, json, operationId, requestId } from './fields.ts';

/**
 * An event with all its columns: a line of `GET /api/v1/events/export?format=ndjson`, and what a seal hashes (domain/history/seal/seal.ts). So every
 * field is there, null where the column is; `at` has its six digits (`2026-03-01T12:00:00.000001Z`); ids are decimal digits. Written by
 * `EXPORTED_EVENT_JSON` of packages/history.
 */
export const ExportedEvent = z.strictObject({
  id: z
    .string()
    .regex(/^-?\d+$/)
    .meta({ description: 'Decimal digits. A later event has a higher id.', example: '184' }),
  at: z.string().meta({
    description: 'When it was written, with microseconds, in UTC.',
    example: '2026-11-22T01:04:12.000001Z',
  }),
  backupKey: z.string().meta({ example: '7' }).nullable().meta({
    description: 'The `key` of the incarnation that it is about. Null: none.',
  }),
  backupId: backupId.nullable().meta({ description: 'The backup that it is about. Null: none.' }),
  operationId: operationId.nullable().meta({ description: 'The operation that it is about. Null: none.' }),
  kind: z.string().meta({ description: 'What happened, under the name as stored.', example: 'backup.completed' }),
  actor: json.meta({ description: 'Who did it.' }),
  source: z.string().meta({ description: 'Which part of Tandem wrote it.', example: 'worker' }),
  reason: givenReason.nullable().meta({ description: 'Why, as the actor said. Null: nothing was said.' }),
  requestId,
  before: json.meta({ description: 'What changed, as it was. Null: nothing was there.' }),
  after: json.meta({ description: 'What changed, as it is now. Null: nothing is there.' }),
});
export type ExportedEvent = z.infer<typeof ExportedEvent>;
