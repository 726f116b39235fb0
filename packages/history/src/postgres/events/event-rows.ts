import type { NewEvent } from '@tandem/shared/domain/history/event.ts';
import { cut, LONGEST_BACKUP_ID, storableJson } from '../../ports/storable.ts';

type EventOfBackup = NewEvent & { readonly backupId?: string | undefined };

const eventRow = (event: EventOfBackup, ordinal: number) => ({
  ordinal,
  kind: event.kind,
  actor: event.actor,
  source: event.source,
  reason: event.reason,
  request_id: event.requestId,
  before: event.before,
  after: event.after,
  backup_id: event.backupId === undefined ? undefined : cut(event.backupId, LONGEST_BACKUP_ID),
});

/** Events for `eventsFrom`. */
export const eventRows = (events: readonly EventOfBackup[]): string => storableJson(events.map(eventRow));

/** The events of that parameter as a table `e`, to be read in the order of `e.ordinal`. A JSON null is the same as an absent value. */
export const eventsFrom = (
  parameter: string,
): string => `jsonb_to_recordset(${parameter}::jsonb) AS e(ordinal int, kind text,
  actor jsonb, source text, reason text, request_id text, before jsonb, after jsonb, backup_id text)`;

/** The columns of `EVENT_VALUES`. */
export const EVENT_COLUMNS = 'kind, actor, source, reason, request_id, before, after';
export const EVENT_VALUES = 'e.kind, e.actor, e.source, e.reason, e.request_id, e.before, e.after';
