import type { Suspension } from '@tandem/shared/domain/backup/backup.ts';
import type { OperationRecord } from '../../ports/operations.ts';
import { asDate } from '../backups/backup-json.ts';
import { isActive } from '../ledger/transition-sql.ts';
import { SUSPENSION_JSON } from '../suspensions/suspended-rows.ts';
import { asLastError, LAST_ERROR_JSON, type LastErrorJson } from './last-error.ts';

/** An operation with what names its backup, read by `asOperationRecord`. `o` and `b` are the rows' aliases. */
export const OPERATION_JSON = `jsonb_build_object(
  'operationId', o.id, 'position', o.position::text, 'kind', o.kind, 'state', o.state, 'revision', o.revision,
  'backupKey', b.key::text, 'backupId', b.backup_id, 'optimizeVersion', b.optimize_version, 'repository', b.repository,
  'requestedAt', o.requested_at, 'requestId', o.request_id, 'actor', o.actor,
  'nextTickAt', CASE WHEN ${isActive('o')} THEN o.next_tick_at END, 'endedAt', o.ended_at,
  'attempts', o.attempts, 'errorClass', o.error_class, 'failure', o.failure, 'lastError', ${LAST_ERROR_JSON}, 'suspension', ${SUSPENSION_JSON},
  'waitingFor', CASE WHEN o.state = 'WAITING' THEN o.detail ->> 'waitingFor' END
)`;

type Nullable = 'requestId' | 'errorClass' | 'failure' | 'waitingFor';
type Times = 'requestedAt' | 'nextTickAt' | 'endedAt';

export type OperationJson = Omit<OperationRecord, Nullable | Times | 'suspension' | 'lastError'> & {
  readonly [K in Nullable]: Exclude<OperationRecord[K], undefined> | null;
} & { readonly requestedAt: string; readonly nextTickAt: string | null; readonly endedAt: string | null } & {
  readonly lastError: LastErrorJson | null;
  readonly suspension: (Omit<Suspension, 'at'> & { readonly at: string }) | null;
};

export const asOperationRecord = (json: OperationJson): OperationRecord => ({
  ...json,
  requestedAt: new Date(json.requestedAt),
  requestId: json.requestId ?? undefined,
  nextTickAt: asDate(json.nextTickAt),
  endedAt: asDate(json.endedAt),
  errorClass: json.errorClass ?? undefined,
  failure: json.failure ?? undefined,
  waitingFor: json.waitingFor ?? undefined,
  lastError: asLastError(json.lastError),
  suspension: json.suspension === null ? undefined : { ...json.suspension, at: new Date(json.suspension.at) },
});
