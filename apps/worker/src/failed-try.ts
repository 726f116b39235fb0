import type { NewAttempt, OperationChange } from '@tandem/history/ports/ledger.ts';
import {
  type BackupState,
  type ClaimedOperation,
  type ErrorClass,
  type PartRecord,
  type Reason,
  takenParts,
} from '@tandem/shared/domain/backup/backup.ts';
import { errorClass } from '@tandem/shared/domain/failure/error-class.ts';
import { failingForMs, readFailingTime } from '@tandem/shared/domain/failure/failing-time.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { limitedTry, readLimitedTries } from '@tandem/shared/domain/failure/limited-tries.ts';
import { type RememberedRefusal, readRefusal, refusalOf, refusedAgain } from '@tandem/shared/domain/failure/refusal.ts';
import {
  isHopeless,
  policyFor,
  type RetryPolicies,
  retryDecision,
} from '@tandem/shared/domain/failure/retry-policy.ts';
import type { Actor, NewEvent } from '@tandem/shared/domain/history/event.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { backupAfter } from '@tandem/shared/domain/operation/transitions.ts';
import { backupEvent, failedEvents } from './jobs/create/events.ts';
import type { GivenUpHandler } from './jobs/job.ts';

/** What nobody foresaw may pass, and has fewer tries. */
const classOf = (error: unknown): ErrorClass => (isFailure(error) ? errorClass(error) : 'transient');

/** `reference`: finds the log entry that has the rest of an error that nobody foresaw. */
export const reasonOf = (error: unknown, reference: string): Reason =>
  isFailure(error)
    ? { code: error.code, message: error.message, data: error.data }
    : {
        code: 'UNEXPECTED',
        message: `Tandem failed: ${error instanceof Error ? error.message : String(error)} The log of the worker has more under reference ${reference}.`,
        data: { reference },
      };

/** Of one tick: its operation and revision. */
export const logReference = ({ operationId, revision }: Pick<ClaimedOperation, 'operationId' | 'revision'>): string =>
  `${operationId}/${revision}`;

const retryAfterMs = (error: unknown): number | undefined => {
  const asked = isFailure(error) ? error.data.retryAfterMs : undefined;
  return typeof asked === 'number' ? Math.min(asked, MOST_RETRY_AFTER_MS) : undefined;
};

/** Progress ends a run of failed tries, and with it what was counted. Undefined: it was no refusal. */
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
  readonly givenUp?: GivenUpHandler | undefined;
  /** INTERRUPTED_RETRY_DELAY; undefined: as shipped. */
  readonly interruptedMs?: number | undefined;
  /** How long the try took, on a monotonic clock. */
  readonly tookMs: number;
};

/** What a Retry-After is waited for at most. */
const MOST_RETRY_AFTER_MS = 3_600_000;

/** A tick that failed, as a change: tried again as its class asks, or the end. */
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
  const instead = await options.givenUp?.(operation, failure);
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
 * A safety backup does not wait for an operator, since its restore, and with it every other one, would wait too; and its list of indices is
 * fixed, so that one that is gone does not come back.
 */
const isWaitingInVain = ({ kind, backup }: ClaimedOperation, error: unknown): boolean =>
  kind === 'create' &&
  backup.safetyOf !== undefined &&
  (classOf(error) === 'operator' || isFailure(error, 'INDEX_NOT_FOUND'));

/** Nothing is open then: a deletion that had ended an open create leaves what is there of it. Undefined: the state stays. */
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

/** The first that has not ended well. */
const partAtWork = ({ backup }: ClaimedOperation): PartRecord | undefined =>
  takenParts(backup.parts).find(({ state }) => state !== 'SUCCESS');

const failedEvent = (operation: ClaimedOperation, actor: Actor, reason: Reason): NewEvent =>
  backupEvent(actor, operation, 'attempt.failed', {
    reason: reason.message,
    after: { code: reason.code, ...reason.data },
  });
