import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { ClaimedOperation, OperationKind, Reason } from '@tandem/shared/domain/backup/backup.ts';

/** What a tick may do besides reading. */
export type TickTools = {
  /** Writes a change and keeps the claim: the intent before a call that changes the engine. Rejects LeaseLost when overtaken. */
  readonly record: (change: Omit<OperationChange, 'outcome'>) => Promise<void>;
  /** Throws LeaseLost. The engine that handlers are given does so before each call that changes it (guarded-engine.ts). */
  readonly assertHeld: () => void;
};

/**
 * The work of one kind of operation: observe, decide, act; what it answers is recorded, and ends the tick. It may be run twice, late
 * or half without harm. An engine failure that it rejects with is recorded as an attempt and tried again as its class asks.
 */
export type OperationJobHandler = (operation: ClaimedOperation, tools: TickTools) => Promise<OperationChange>;

/**
 * Of a kind that must not just end when its tries are spent: what it does instead. Undefined: it ends FAILED like any other. Never called
 * with a failure that is tried again.
 */
export type GivenUpHandler = (operation: ClaimedOperation, reason: Reason) => Promise<OperationChange | undefined>;

/** What a worker does for the operations of one kind. */
export type JobDefinition = {
  readonly run: OperationJobHandler;
  /** Undefined: its operations end FAILED when their tries are spent. */
  readonly giveUp: GivenUpHandler | undefined;
};

/** One row for every kind of operation: a worker that lacks one does not compile. */
export type JobCatalogue = Readonly<Record<OperationKind, JobDefinition>>;

/**
 * The time by which a period that began at `since` is judged, both as PostgreSQL told them: `now`, or as much earlier as its clock jumped
 * meanwhile. Rejects with HISTORY_UNREACHABLE.
 */
export type NowSince = (since: Date, now: Date) => Promise<Date>;
