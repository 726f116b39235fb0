import type { ClaimOptions, OperationChange, OperationLedger, Recorded } from '@tandem/history/ports/ledger.ts';
import type { JobOutcome, JobQueue, OperationJob } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { type ProblemLog, problemLog } from '@tandem/runtime/logging/problem-log.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { RetryPolicies } from '@tandem/shared/domain/failure/retry-policy.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';
import { failedTry, logReference } from './failed-try.ts';
import { backupEvent } from './jobs/events.ts';
import type { JobCatalogue, JobDefinition } from './jobs/job.ts';
import { holdLease, type Lease, LeaseLost } from './lease.ts';

export type Tick = {
  readonly ledger: OperationLedger;
  readonly queue: Pick<JobQueue, 'enqueue'>;
  readonly jobs: JobCatalogue;
  readonly claim: ClaimOptions;
  readonly policy: RetryPolicies;
  /** INTERRUPTED_RETRY_DELAY; undefined: as shipped. */
  readonly interruptedMs?: number;
  readonly actor: Actor;
  /** Notifies callers that wait for the backup. */
  readonly announce: (backupIds: readonly string[]) => void;
  readonly log: Logger;
  /** Called with each recorded change of an operation. */
  readonly onRecorded?: OnRecorded;
  /** Called with an unexpected error, which is a defect of Tandem. */
  readonly onUnexpected?: (kind: OperationKind) => void;
  readonly clock: {
    /** Monotonic milliseconds. */
    readonly now: () => number;
    readonly every: (ms: number, task: () => void) => () => void;
  };
  /** Chance in [0, 1). */
  readonly jitter: () => number;
};

export type OnRecorded = (kind: OperationKind, change: Pick<OperationChange, 'attempt' | 'outcome'>) => void;

/** A job whose operation is due within this time runs again by itself; a later one is left to another job or the sweep. */
const SOON_MS = 1_000;
const UNKNOWN_KIND_MS = 5_000;

/**
 * Runs one tick: claims the operation, calls the handler of its kind and records the result. Rejects only if PostgreSQL does not respond or
 * contains data of another version: the operation stays open and the sweep requeues it.
 */
export const runTick = (options: Tick) => {
  const tick: Ticking = { ...options, problems: problemLog(options.log) };
  return async ({ operationId }: OperationJob): Promise<JobOutcome> => {
    const claimedAt = tick.clock.now();
    const claim = await tick.ledger.claim(operationId, tick.claim);
    if (!claim.claimed) {
      if (claim.why === 'stale')
        tick.log.warn(
          { operationId, backupId: claim.backupId },
          'not claimed: unclaimed for too long, the sweep suspends it',
        );
      const soon = claim.why === 'early' && claim.dueInMs <= SOON_MS;
      return soon ? { next: 'again', inMs: claim.dueInMs } : { next: 'done' };
    }
    const { operation } = claim;
    const { backupId } = operation.backup;
    const lease = leaseOf(tick, operation, claimedAt);
    try {
      return await workOn(tick, operation, lease);
    } catch (error) {
      if (!(error instanceof LeaseLost)) {
        tick.log.error(
          { operationId, backupId, requestId: operation.requestId, err: error },
          'tick aborted; the sweep will requeue it',
        );
        throw error;
      }
      tick.log.warn(
        { operationId, backupId, reason: error.message },
        'tick abandoned: another worker has the operation',
      );
      return { next: 'done' };
    } finally {
      lease.release();
    }
  };
};

/** `problems`: failing tries, by operation id. */
type Ticking = Tick & { readonly problems: ProblemLog };

const leaseOf = (tick: Ticking, { operationId, revision, backup }: ClaimedOperation, claimedAt: number): Lease =>
  holdLease({
    ledger: tick.ledger,
    operationId,
    revision,
    leaseMs: tick.claim.leaseMs,
    claimedAt,
    now: tick.clock.now,
    every: tick.clock.every,
    onError: (error) => tick.log.warn({ operationId, backupId: backup.backupId, err: error }, 'lease not renewed'),
  });

const workOn = async (tick: Ticking, operation: ClaimedOperation, lease: Lease): Promise<JobOutcome> => {
  const { operationId, requestId } = operation;
  const { backupId } = operation.backup;
  const { change, recorded } = await handleAndRecord(tick, operation, lease);
  if (!recorded.written) throw new LeaseLost('the claim was overtaken');
  tick.onRecorded?.(operation.kind, change);
  const { outcome } = change;
  if (outcome.do === 'end' || (change.events?.length ?? 0) > 0) tick.announce([backupId]);
  settleProblem(tick, operationId, change);
  tick.log.debug({ operationId, backupId, requestId, outcome }, 'tick');
  if (outcome.do === 'wait') return { next: 'again', inMs: outcome.inMs };
  if (outcome.do === 'end') await ended(tick, operation, outcome, recorded);
  return { next: 'done' };
};

/** An operation that exhausted its retries has not recovered from its problem; its end or its next step is logged instead. */
const settleProblem = (
  { problems }: Ticking,
  operationId: string,
  { attempt, tries, outcome }: OperationChange,
): void => {
  const isExhausted = attempt?.errorClass !== undefined && (tries !== 'failed' || outcome.do === 'end');
  if (isExhausted) problems.forget(operationId);
  else if (tries !== 'failed') problems.over(operationId);
};

/** A value that PostgreSQL rejects is a defect of Tandem, too: the try is counted, so that it is not retried forever. */
const handleAndRecord = async (tick: Ticking, operation: ClaimedOperation, lease: Lease) => {
  const startedAt = tick.clock.now();
  const change = withClock(tick, operation, await handle(tick, operation, lease));
  const record = (one: OperationChange) => tick.ledger.record(operation.operationId, operation.revision, one);
  try {
    return { change, recorded: await record(change) };
  } catch (error) {
    if (isFailure(error) && error.code !== 'VALUE_REFUSED') throw error;
    const failed = await failTry(tick, operation, error, startedAt);
    return { change: failed, recorded: await record(failed) };
  }
};

const withClock = ({ actor }: Tick, operation: ClaimedOperation, change: OperationChange): OperationChange => {
  const { aheadMs } = operation;
  if (aheadMs === undefined) return change;
  const reason = `It was due ${Math.round(aheadMs / 1_000)} s later, further ahead than it was to wait: the clock of PostgreSQL was put back. It was carried out at once.`;
  const event = backupEvent(actor, operation, 'clock.put-back', { reason, after: { aheadMs } });
  return { ...change, events: [event, ...(change.events ?? [])] };
};

/** A failure of the engine or of a rule becomes a change; a lost lease and an unreachable database do not. */
const handle = async (tick: Ticking, operation: ClaimedOperation, lease: Lease): Promise<OperationChange> => {
  const startedAt = tick.clock.now();
  // PostgreSQL may contain an operation of a kind that a newer version introduced
  const job: JobDefinition | undefined = tick.jobs[operation.kind];
  if (job === undefined) return leaveToNewer(tick, operation);
  let known = operation;
  const record = async (change: Omit<OperationChange, 'outcome'>) => {
    await intend(tick, operation, change);
    known = { ...known, detail: { ...known.detail, ...change.detail } };
  };
  try {
    return await job.run(operation, { assertHeld: lease.assertHeld, record });
  } catch (error) {
    if (error instanceof LeaseLost || isFailure(error, 'HISTORY_UNREACHABLE')) throw error;
    // including the intent: when retries are exhausted, its call may have taken effect
    return failTry(tick, known, error, startedAt);
  }
};

const failTry = async (
  tick: Ticking,
  operation: ClaimedOperation,
  error: unknown,
  startedAt: number,
): Promise<OperationChange> => {
  const { operationId, requestId, backup, kind } = operation;
  const change = await failedTry(operation, error, {
    policy: tick.policy,
    interruptedMs: tick.interruptedMs,
    actor: tick.actor,
    jitter: tick.jitter(),
    tookMs: Math.max(0, Math.round(tick.clock.now() - startedAt)),
    onExhausted: tick.jobs[kind].giveUp,
  });
  const facts = { operationId, requestId, backupId: backup.backupId, err: error, outcome: change.outcome };
  if (isFailure(error)) tick.problems.met(operationId, facts, 'try failed');
  else {
    tick.log.error({ ...facts, reference: logReference(operation) }, 'unexpected error');
    tick.onUnexpected?.(kind);
  }
  return change;
};

/** Releases it at once and polls it later: a newer worker may claim it meanwhile. */
const leaveToNewer = ({ problems }: Ticking, { operationId, kind, backup }: ClaimedOperation): OperationChange => {
  const facts = { operationId, backupId: backup.backupId, kind };
  problems.met(operationId, facts, 'this worker does not know operations of that kind; is another worker newer?');
  return { outcome: { do: 'wait', inMs: UNKNOWN_KIND_MS } };
};

const intend = async (
  { ledger, onRecorded }: Tick,
  { operationId, revision, kind }: ClaimedOperation,
  intent: Omit<OperationChange, 'outcome'>,
): Promise<void> => {
  const change: OperationChange = { ...intent, outcome: { do: 'hold' } };
  const recorded = await ledger.record(operationId, revision, change);
  if (!recorded.written) throw new LeaseLost('the claim was overtaken');
  onRecorded?.(kind, change);
};

/** The next create of the repository is due now; if Redis does not accept its job, the sweep queues it. */
const ended = async (
  { queue, log, problems }: Ticking,
  { operationId, requestId, kind, backup }: ClaimedOperation,
  outcome: Extract<OperationChange['outcome'], { do: 'end' }>,
  recorded: Extract<Recorded, { written: true }>,
): Promise<void> => {
  const { backupId } = backup;
  const facts = { operationId, requestId, backupId, kind, state: outcome.state, failure: outcome.failure };
  problems.forget(operationId);
  if (outcome.state === 'FAILED') log.warn(facts, 'operation failed: needs an operator');
  else log.info(facts, 'operation ended');
  if (recorded.next.length === 0) return;
  try {
    await queue.enqueue(recorded.next);
  } catch (error) {
    log.warn({ err: error, operations: recorded.next.length }, 'not queued; the sweep will queue it');
  }
};
