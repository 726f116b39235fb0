import type { AttemptRecord, OperationRecord } from '@tandem/history/ports/operations.ts';
import type { Operation, OperationWithAttempts, Suspension } from '@tandem/shared/contract/operations.ts';
import { remedyOf } from '@tandem/shared/domain/failure/remedy.ts';
import { shownTrigger } from '@tandem/shared/domain/history/stored-names.ts';
import { reasonAnswer, reasonOrNull } from './reason-answer.ts';

type LastTry = Pick<Operation, 'lastError' | 'nextAttemptAt'>;

const iso = (date: Date | undefined): string | null => date?.toISOString() ?? null;

/** As returned by /api/v1. */
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
  attemptCount: operation.attempts,
  failureClass: operation.errorClass ?? null,
  failure: reasonOrNull(operation.failure),
  ...lastTryAnswer(operation),
  suspension: suspensionAnswer(operation),
});

export const suspensionAnswer = ({ suspension }: OperationRecord): Suspension | null =>
  suspension === undefined ? null : { ...reasonAnswer(suspension), at: suspension.at.toISOString() };

export const operationWithAttempts = (
  operation: OperationRecord,
  attempts: readonly AttemptRecord[],
): OperationWithAttempts => ({
  ...operationAnswer(operation),
  waiting: waitingAnswer(operation),
  attempts: attempts.map(attemptAnswer),
});

export const waitingAnswer = ({
  waitingFor,
  nextTickAt,
}: Pick<OperationRecord, 'waitingFor' | 'nextTickAt'>): OperationWithAttempts['waiting'] =>
  waitingFor === undefined || nextTickAt === undefined ? null : { for: waitingFor, until: nextTickAt.toISOString() };

/** Why the last attempt failed, what to do, and when it is tried again. */
export const lastTryAnswer = ({ lastError }: Pick<OperationRecord, 'lastError'>): LastTry => {
  if (lastError === undefined) return { lastError: null, nextAttemptAt: null };
  const { reason, errorClass, at, nextAttemptAt } = lastError;
  const { code, message } = reason;
  return {
    lastError: { code, message, remedy: remedyOf(code, errorClass), at: at.toISOString() },
    nextAttemptAt: iso(nextAttemptAt),
  };
};

export const attemptAnswer = (attempt: AttemptRecord): OperationWithAttempts['attempts'][number] => ({
  number: attempt.number,
  part: attempt.part ?? null,
  trigger: shownTrigger(attempt.trigger),
  actor: attempt.actor,
  failureClass: attempt.errorClass ?? null,
  reason: reasonOrNull(attempt.reason),
  startedAt: attempt.startedAt.toISOString(),
  endedAt: attempt.endedAt.toISOString(),
  nextAttemptAt: iso(attempt.nextAttemptAt),
});
