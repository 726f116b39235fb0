import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { readMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { CreateJob } from '../context.ts';

export const attempt = (
  { actor }: CreateJob,
  operation: ClaimedOperation,
  part: PartRecord,
  reason: Reason | undefined,
): NonNullable<OperationChange['attempt']> => ({
  part: part.number,
  trigger: operation.trigger,
  actor,
  errorClass: reason === undefined ? undefined : 'terminal',
  reason,
  startedAt: readMemory(operation.detail, part.number).sentAt ?? operation.now,
  nextInMs: undefined,
});

export const logPart = (
  job: CreateJob,
  { operationId, requestId, backup }: ClaimedOperation,
  part: PartRecord,
  line: string,
) =>
  job.log.info(
    { operationId, requestId, backupId: backup.backupId, part: part.number, snapshot: part.snapshotName },
    line,
  );
