import { backupId, caller, operationId, requestId, restoreId } from '../../example-story.ts';
import type { FailureDefinition } from '../failure-definition.ts';

/** What is asked of an operation, and why one is suspended or ended early. */
export const operationFailures = {
  OPERATION_NOT_FOUND: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'There is no operation with that id.',
    example: { message: `No operation has the id ${operationId}.`, data: { operationId } },
    remedy: 'Check the id: GET /api/v1/operations lists the operations.',
  },
  OPERATION_CANCELLED: {
    failureClass: null,
    http: null,
    title: 'The operation was cancelled.',
    example: {
      message:
        'Cancelled by 10.0.0.7 at 2026-11-22T01:02:00.000Z: wrong window. Take a backup under another id, or delete this one to use its id again.',
      data: { cause: 'request', by: caller, reason: 'wrong window', requestId, at: '2026-11-22T01:02:00.000Z' },
    },
    remedy: 'Nothing, or request it again.',
  },
  OPERATION_ENDED: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'The operation has ended.',
    example: {
      message: `Operation ${operationId} has already ended: it is SUCCEEDED.`,
      data: { operationId, state: 'SUCCEEDED' },
    },
    remedy: 'Nothing: there is nothing left to cancel.',
  },
  OPERATION_NOT_FAILED: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'Only an operation that FAILED can be retried.',
    example: {
      message: `Operation ${operationId} is RUNNING; only one that FAILED can be retried.`,
      data: { operationId, state: 'RUNNING', backupId },
    },
    remedy: 'Wait for its end; one that is cancelled is requested again.',
  },
  RESTORE_NOT_RETRYABLE: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'A restore that deletes indices is not retried.',
    example: {
      message: `Restore ${restoreId} deletes indices, and their contents may have changed since it was planned. Create a new plan: POST /api/v1/restores/plan.`,
      data: { operationId: restoreId, state: 'FAILED', backupId },
    },
    remedy: 'Create a new plan with POST /api/v1/restores/plan.',
  },
  OPERATION_NOT_SUSPENDED: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'Only an operation that is SUSPENDED can be released.',
    example: {
      message: `Operation ${operationId} is RUNNING; only one that is SUSPENDED can be released.`,
      data: { operationId, state: 'RUNNING', backupId },
    },
    remedy: 'Nothing: it is not suspended.',
  },
  OPERATION_NOT_RELEASABLE: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'A suspended restore can be abandoned only.',
    example: {
      message: `Operation ${restoreId} (restore) may have changed the engine after the state that the history was rolled back to, so it is neither resumed nor rolled back: cancel it with POST /api/v1/operations/${restoreId}/cancel, which leaves the engine as it is, then create a new plan.`,
      data: { operationId: restoreId, state: 'SUSPENDED', backupId },
    },
    remedy: 'Cancel it, then create a new plan.',
  },
  OPERATION_UNCLAIMED: {
    failureClass: null,
    http: null,
    title: 'No worker claimed the operation for too long.',
    example: {
      message:
        'No worker claimed it for more than 12 h after it was due, so it may be out of date. Release it to have it carried out now, or cancel it.',
      data: { unclaimedForMs: 43_200_000 },
    },
    remedy: 'Check that a worker runs, then release the operation or cancel it.',
  },
  HISTORY_ROLLED_BACK: {
    failureClass: null,
    http: null,
    title: 'The backup history was rolled back to an earlier state.',
    example: {
      message:
        'PostgreSQL was put back to an earlier state, and up to 15 min of the history are lost: since then it may have been carried out, cancelled or deleted. See docs/disaster-recovery.md.',
      data: { lossMs: 900_000 },
    },
    remedy: 'Follow docs/disaster-recovery.md, then release the operation or cancel it.',
  },
  OPERATION_NOT_RELEASED: {
    failureClass: 'terminal',
    http: null,
    title: 'The operation was suspended and not released in time.',
    example: {
      message:
        'It was suspended at 2026-11-22T13:00:02.000Z, and was not released within 7 days. Retry it to take the backup now, or request a backup under another id.',
      data: { suspendedAt: '2026-11-22T13:00:02.000Z' },
    },
    remedy: 'Retry the operation, or request another backup.',
  },
} as const satisfies Readonly<Record<string, FailureDefinition>>;
