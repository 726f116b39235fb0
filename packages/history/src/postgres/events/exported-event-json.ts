import type { ExportedEvent } from '@tandem/shared/contract/exported-event.ts';
import { sql } from '../sql/statement.ts';

/** A time to the microsecond in UTC; infinite times are written as PostgreSQL prints them, so that different times stay different. */
export const microseconds = (time: string): string => `CASE WHEN ${time} BETWEEN '0001-01-02Z' AND '9999-12-30Z'
  THEN to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE ${time}::text END`;

/** An event with all its columns, as `ExportedEvent` of packages/shared has it. `e` is the row's alias. */
export const EXPORTED_EVENT_JSON = sql<ExportedEvent>(`jsonb_build_object(
  'id', e.id::text, 'at', ${microseconds('e.at')}, 'backupKey', e.backup_key::text, 'backupId', e.backup_id, 'operationId', e.operation_id,
  'kind', e.kind, 'actor', e.actor, 'source', e.source, 'reason', e.reason, 'requestId', e.request_id, 'before', e.before, 'after', e.after)`);
