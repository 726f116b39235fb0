import type { AttemptRecord, OperationRecord } from '@tandem/history/ports/operations.ts';
import type { Operation, OperationWithAttempts, Suspension } from '@tandem/shared/contract/operations.ts';
import { reasonAnswer, reasonOrNull } from './reason-answer.ts';

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
  failureClass: operation.errorClass ?? null,
  failure: reasonOrNull(operation.failure),
  suspension: suspensionAnswer(operation),
});

export const suspensionAnswer = ({ suspension }: OperationRecord): Suspension | null =>
  suspension === undefined ? null : { ...reasonAnswer(suspension), at: suspension.at.toISOString() };

export const operationWithAttempts = (
  operation: OperationRecord,
  attempts: readonly AttemptRecord[],
): OperationWithAttempts => ({
  ...operationAnswer(operation),
  lastError: lastErrorOf(operation, attempts),
  waiting: waitingAnswer(operation),
  attemptLedger: attempts.map(attemptAnswer),
});

export const waitingAnswer = ({
  waitingFor,
  nextTickAt,
}: Pick<OperationRecord, 'waitingFor' | 'nextTickAt'>): OperationWithAttempts['waiting'] =>
  waitingFor === undefined || nextTickAt === undefined ? null : { for: waitingFor, until: nextTickAt.toISOString() };

/** Why an open operation is tried again, and when; null: its last try went well, or it has ended. */
export const lastErrorOf = (
  { endedAt, errorClass }: Pick<OperationRecord, 'endedAt' | 'errorClass'>,
  attempts: readonly AttemptRecord[],
): OperationWithAttempts['lastError'] => {
  const last = attempts.at(-1);
  // progress since then clears the class, and leaves the attempt
  if (endedAt !== undefined || errorClass === undefined || last?.reason === undefined) return null;
  return {
    failureClass: errorClass,
    reason: reasonAnswer(last.reason),
    at: last.endedAt.toISOString(),
    nextTryAt: iso(last.nextTryAt),
  };
};

export const attemptAnswer = (attempt: AttemptRecord): OperationWithAttempts['attemptLedger'][number] => ({
  number: attempt.number,
  part: attempt.part ?? null,
  trigger: attempt.trigger,
  actor: attempt.actor,
  failureClass: attempt.errorClass ?? null,
  reason: reasonOrNull(attempt.reason),
  startedAt: attempt.startedAt.toISOString(),
  endedAt: attempt.endedAt.toISOString(),
  nextTryAt: iso(attempt.nextTryAt),
});
