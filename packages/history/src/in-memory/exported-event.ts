import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import type { EventRow } from './tables.ts';

/** The clock of these tables has no microseconds. */
export const microseconds = (time: Date): string => time.toISOString().replace('Z', '000Z');

export const exportedEvent = (row: EventRow): ExportedEvent => ({
  id: row.id,
  at: microseconds(row.at),
  backupKey: row.backupKey ?? null,
  backupId: row.backupId ?? null,
  operationId: row.operationId ?? null,
  kind: row.kind,
  actor: row.actor,
  source: row.source,
  reason: row.reason ?? null,
  requestId: row.requestId ?? null,
  before: (row.before ?? null) as ExportedEvent['before'],
  after: (row.after ?? null) as ExportedEvent['after'],
});
