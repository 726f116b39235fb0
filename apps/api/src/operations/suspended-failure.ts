import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { endsSuspension } from '@tandem/shared/domain/operation/suspension.ts';

/** BACKUP_BUSY: that operation of the backup is open, and stays suspended until an operator decides. */
export const suspendedFailure = (operation: {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly backupId: string;
}): Failure => {
  const { operationId, kind, backupId } = operation;
  return fail(
    'BACKUP_BUSY',
    `Operation ${operationId} (${kind}) of backup ${backupId} is SUSPENDED: ${endsSuspension(operation)}.`,
    { backupId, operationId, kind },
  );
};
