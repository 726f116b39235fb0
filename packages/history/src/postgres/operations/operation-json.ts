import type { OperationRecord } from '../../ports/operations.ts';
import { asDate } from '../backups/backup-json.ts';
import { isActive } from '../ledger/transition-sql.ts';
import { columns, json, sql, text, type ValueOf, when } from '../sql/statement.ts';
import { SUSPENSION_JSON } from '../suspensions/suspended-rows.ts';
import { asLastError, LAST_ERROR_JSON } from './last-error.ts';

const o = columns<'Operation'>('o');
const b = columns<'Backup'>('b');

/** An operation with what names its backup, read by `asOperationRecord`. `o` and `b` are the rows' aliases. */
export const OPERATION_JSON = json({
  ...{ operationId: o.id, position: text(o.position), kind: o.kind, state: o.state, revision: o.revision },
  ...{ backupKey: text(b.key), backupId: b.backupId, optimizeVersion: b.optimizeVersion, repository: b.repository },
  ...{ requestedAt: o.requestedAt, requestId: o.requestId, actor: o.actor },
  ...{ nextTickAt: when(isActive('o'), o.nextTickAt), endedAt: o.endedAt, attempts: o.attempts },
  ...{ errorClass: o.errorClass, failure: o.failure, lastError: LAST_ERROR_JSON, suspension: SUSPENSION_JSON },
  waitingFor: when("o.state = 'WAITING'", sql<WaitingFor | null>("o.detail ->> 'waitingFor'")),
});

type WaitingFor = NonNullable<OperationRecord['waitingFor']>;

export type OperationJson = ValueOf<typeof OPERATION_JSON>;

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
