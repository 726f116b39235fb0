import type { NewAttempt, OperationChange } from '@tandem/history/ports/ledger.ts';
import { type BackupState, type PartRecord, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { errorClass } from '@tandem/shared/domain/failure/error-class.ts';
import { failingForMs, readFailingTime } from '@tandem/shared/domain/failure/failing-time.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { ErrorClass } from '@tandem/shared/domain/failure/failure-definition.ts';
import { limitedTry, readLimitedTries } from '@tandem/shared/domain/failure/limited-tries.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { type RememberedRefusal, readRefusal, refusalOf, refusedAgain } from '@tandem/shared/domain/failure/refusal.ts';
import {
  isHopeless,
  policyFor,
  type RetryPolicies,
  retryDecision,
} from '@tandem/shared/domain/failure/retry-policy.ts';
import type { Actor, NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { backupAfter } from '@tandem/shared/domain/operation/transitions.ts';
import { backupEvent, failedEvents } from './jobs/events.ts';
import type { ExhaustedHandler } from './jobs/job.ts';

/** Unexpected errors may be transient, but get fewer tries. */
const classOf = (error: unknown): ErrorClass => (isFailure(error) ? errorClass(error) : 'transient');

/** `reference`: identifies the log entry with the details of an unexpected error. */
export const reasonOf = (error: unknown, reference: string): Reason =>
  isFailure(error)
    ? { code: error.code, message: error.message, data: error.data }
    : {
        code: 'UNEXPECTED',
        message: `Tandem failed: ${error instanceof Error ? error.message : String(error)} The worker's log has the details under reference ${reference}.`,
        data: { reference },
      };

/** Identifies one tick: operation and revision. */
export const logReference = ({ operationId, revision }: Pick<ClaimedOperation, 'operationId' | 'revision'>): string =>
  `${operationId}/${revision}`;

const retryAfterMs = (error: unknown): number | undefined => {
  const requestedMs = isFailure(error) ? error.data.retryAfterMs : undefined;
  return typeof requestedMs === 'number' ? Math.min(requestedMs, MAX_RETRY_AFTER_MS) : undefined;
};

/** Progress ends a series of failed tries and resets the counters. Undefined: it was not a refusal. */
const rememberedRefusal = (operation: ClaimedOperation, error: unknown): RememberedRefusal | undefined => {
  const refusal = isFailure(error) ? refusalOf(error) : undefined;
  const last = operation.failedTries === 0 ? undefined : readRefusal(operation.detail);
  return refusal === undefined ? undefined : refusedAgain(refusal, last);
};

export type FailedTryOptions = {
  readonly policy: RetryPolicies;
  readonly actor: Actor;
  /** Chance in [0, 1). */
  readonly jitter: number;
  readonly onExhausted?: ExhaustedHandler | undefined;
  /** INTERRUPTED_RETRY_DELAY; undefined: as shipped. */
  readonly interruptedMs?: number | undefined;
  /** How long the try took, on the monotonic clock. */
  readonly tookMs: number;
};

/** Max wait for a Retry-After. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Turns a failed tick into a change: a retry according to its failure class, or the end. */
export const failedTry = async (
  operation: ClaimedOperation,
  error: unknown,
  options: FailedTryOptions,
): Promise<OperationChange> => {
  const reason = reasonOf(error, logReference(operation));
  const tries = operation.failedTries + 1;
  const last = operation.failedTries === 0 ? undefined : readFailingTime(operation.detail);
  const failingMs = failingForMs({ last, now: operation.now, tookMs: options.tookMs });
  const refused = rememberedRefusal(operation, error);
  const equalRefusals = refused?.times ?? 0;
  const limited = limitedTry(
    isFailure(error) ? error : undefined,
    operation.failedTries === 0 ? {} : readLimitedTries(operation.detail),
    options.interruptedMs,
  );
  const decision = retryDecision(
    policyFor(options.policy, operation.kind),
    {
      errorClass: isWaitingInVain(operation, error) ? 'terminal' : classOf(error),
      tries,
      failingForMs: failingMs,
      equalRefusals,
      retryAfterMs: retryAfterMs(error),
      limited,
    },
    options.jitter,
  );
  const part = operation.kind === 'create' ? partAtWork(operation) : undefined;
  const attempt: NewAttempt = {
    part: part?.number,
    trigger: operation.trigger,
    actor: options.actor,
    errorClass: isHopeless({ errorClass: classOf(error), equalRefusals, limited }) ? 'terminal' : classOf(error),
    reason,
    startedAt: operation.now,
    nextInMs: decision.retry ? decision.inMs : undefined,
  };
  if (decision.retry) {
    const events = tries === 1 ? [failedEvent(operation, options.actor, reason)] : [];
    const at = new Date(operation.now.getTime() + options.tookMs).toISOString();
    const detail = {
      failing: { ms: failingMs, at, inMs: decision.inMs },
      ...omitUndefined({ refused, limited: limited?.counted }),
    };
    return { attempt, events, detail, tries: 'failed', outcome: { do: 'wait', inMs: decision.inMs } };
  }
  const failure = { ...reason, data: { ...reason.data, gaveUp: decision.why } };
  const instead = await options.onExhausted?.(operation, failure);
  if (instead !== undefined) return instead;
  const left = stateLeft(operation);
  return {
    attempt,
    events:
      operation.kind === 'create'
        ? failedEvents(options.actor, operation, part, failure)
        : [failedEvent(operation, options.actor, failure), ...leftEvents(operation, options.actor, left)],
    tries: 'failed',
    outcome: { do: 'end', state: 'FAILED', ...omitUndefined({ backup: left }), failure },
  };
};

/**
 * A safety backup never waits for an operator, because its restore, and all others, would wait too; and its list of indices is fixed, so a
 * missing index will not come back.
 */
const isWaitingInVain = ({ kind, backup }: ClaimedOperation, error: unknown): boolean =>
  kind === 'create' &&
  backup.safetyOf !== undefined &&
  (classOf(error) === 'operator' || isFailure(error, 'INDEX_NOT_FOUND'));

/** The state that a deletion leaves if it had ended an open create, since nothing is open then. Undefined: the state stays. */
const stateLeft = ({ kind, backup }: ClaimedOperation): BackupState | undefined => {
  if (kind === 'create') return backupAfter('fail', kind);
  return backup.state === 'IN_PROGRESS' ? 'INCOMPLETE' : undefined;
};

const leftEvents = (operation: ClaimedOperation, actor: Actor, left: BackupState | undefined): readonly NewEvent[] =>
  left === undefined
    ? []
    : [
        backupEvent(actor, operation, 'backup.state-changed', {
          before: { state: operation.backup.state },
          after: { state: left },
        }),
      ];

/** The first part that has not succeeded. */
const partAtWork = ({ backup }: ClaimedOperation): PartRecord | undefined =>
  takenParts(backup.parts).find(({ state }) => state !== 'SUCCESS');

const failedEvent = (operation: ClaimedOperation, actor: Actor, reason: Reason): NewEvent =>
  backupEvent(actor, operation, 'attempt.failed', {
    reason: reason.message,
    after: { code: reason.code, ...reason.data },
  });
