import type { PartRecord, RepositoryCheck } from '@tandem/shared/domain/backup/backup.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Actor, EventKind, NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';

/** An event of a backup, recorded by a worker. */
export const backupEvent = (
  actor: Actor,
  { operationId, requestId }: ClaimedOperation,
  kind: EventKind,
  more: { readonly reason?: string; readonly before?: object; readonly after?: object } = {},
): NewEvent => ({
  kind,
  actor,
  source: 'worker',
  ...omitUndefined({ requestId }),
  ...more,
  after: { operationId, ...more.after },
});

export const partEvent = (
  actor: Actor,
  operation: ClaimedOperation,
  kind: EventKind,
  part: PartRecord,
  more: { readonly reason?: string; readonly before?: object; readonly after?: object } = {},
): NewEvent =>
  backupEvent(actor, operation, kind, {
    ...more,
    after: { part: part.number, snapshot: part.snapshotName, ...more.after },
  });

/** The events of a create that FAILED: first of the part that it failed at, then of the backup. */
export const failedEvents = (
  actor: Actor,
  operation: ClaimedOperation,
  part: PartRecord | undefined,
  reason: Reason,
  repositoryCheck?: RepositoryCheck,
): readonly NewEvent[] => {
  const said = { reason: reason.message, after: { code: reason.code, ...reason.data } };
  const ended = backupEvent(actor, operation, 'backup.failed', {
    reason: reason.message,
    before: { state: 'IN_PROGRESS' },
    after: { state: 'FAILED', code: reason.code, ...(repositoryCheck && { repositoryCheck }) },
  });
  return part === undefined ? [ended] : [partEvent(actor, operation, 'part.failed', part, said), ended];
};
