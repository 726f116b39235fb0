import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { OperationKind } from '@tandem/shared/domain/operation/operation.ts';

/** What a tick may do in addition to reading. */
export type TickTools = {
  /** Writes a change and keeps the claim: the intent before a call that changes the engine. Rejects LeaseLost when overtaken. */
  readonly record: (change: Omit<OperationChange, 'outcome'>) => Promise<void>;
  /** Throws LeaseLost. The engine that handlers are given does so before each call that changes it (guarded-engine.ts). */
  readonly assertHeld: () => void;
};

/**
 * Handles one kind of operation: observe, decide, act. Its result is recorded and ends the tick. Running it twice, late or partially is
 * harmless. An engine failure that it rejects with is recorded as an attempt and retried according to its class.
 */
export type OperationJobHandler = (operation: ClaimedOperation, tools: TickTools) => Promise<OperationChange>;

/**
 * For a kind that must not simply end when its retries are exhausted: what it does instead. Undefined: it ends FAILED. Never called with a
 * failure that is retried.
 */
export type ExhaustedHandler = (operation: ClaimedOperation, reason: Reason) => Promise<OperationChange | undefined>;

/** The handlers of one kind of operation. */
export type JobDefinition = {
  readonly run: OperationJobHandler;
  /** Undefined: operations end FAILED when their retries are exhausted. */
  readonly giveUp: ExhaustedHandler | undefined;
};

/** One row for every kind of operation: a worker that lacks one does not compile. */
export type JobCatalogue = Readonly<Record<OperationKind, JobDefinition>>;

/**
 * The time with which to measure a period that began at `since`, both from PostgreSQL: `now` minus the forward jumps of its clock since then.
 * Rejects with HISTORY_UNREACHABLE.
 */
export type NowSince = (since: Date, now: Date) => Promise<Date>;
