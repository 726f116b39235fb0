import type { AttemptRecord, OperationRecord } from '@tandem/history/operations-port.ts';
import type { Operation, OperationWithAttempts, Suspension } from '@tandem/shared/contract/operations.ts';

const iso = (date: Date | undefined): string | null => date?.toISOString() ?? null;

/** As /api/v1 shows it. */
export const operationAnswer = (operation: OperationRecord): Operation => ({
  operationId: operation.operationId,
  kind: operation.kind,
  state: operation.state,
  backupId: operation.backupId,
  optimizeVersion: operation.optimizeVersion,
  repository: operation.repository,
  requestedAt: operation.requestedAt.toISOString(),
  requestId: operation.requestId ?? null,
  actor: operation.actor,
  nextTickAt: iso(operation.nextTickAt),
  endedAt: iso(operation.endedAt),
  attempts: operation.attempts,
  class: operation.errorClass ?? null,
  failure: operation.failure ?? null,
  suspension: suspensionAnswer(operation),
});

export const suspensionAnswer = ({ suspension }: OperationRecord): Suspension | null =>
  suspension === undefined ? null : { ...suspension, data: { ...suspension.data }, at: suspension.at.toISOString() };

export const operationWithAttempts = (
  operation: OperationRecord,
  attempts: readonly AttemptRecord[],
): OperationWithAttempts => ({ ...operationAnswer(operation), attemptLedger: attempts.map(attemptAnswer) });

export const attemptAnswer = (attempt: AttemptRecord): OperationWithAttempts['attemptLedger'][number] => ({
  number: attempt.number,
  part: attempt.part ?? null,
  trigger: attempt.trigger,
  actor: attempt.actor,
  class: attempt.errorClass ?? null,
  reason: attempt.reason ?? null,
  startedAt: attempt.startedAt.toISOString(),
  endedAt: attempt.endedAt.toISOString(),
  nextTryAt: iso(attempt.nextTryAt),
});
