import { z } from 'zod';

const nullableText = z.string().nullable();

/**
 * An event with all its columns: a line of `GET /api/v1/events/export?format=ndjson`, and what a seal hashes (domain/history/seal/seal.ts). So every
 * field is there, null where the column is; `at` has its six digits (`2026-03-01T12:00:00.000001Z`); ids are decimal digits. Written by
 * `EXPORTED_EVENT_JSON` of packages/history.
 */
export const ExportedEvent = z.strictObject({
  id: z.string().regex(/^-?\d+$/),
  at: z.string(),
  backupKey: nullableText,
  backupId: nullableText,
  operationId: nullableText,
  kind: z.string(),
  actor: z.json(),
  source: z.string(),
  reason: nullableText,
  requestId: nullableText,
  before: z.json(),
  after: z.json(),
});
export type ExportedEvent = z.infer<typeof ExportedEvent>;
