import type { ErrorClass } from '../failure/failure-definition.ts';
import type { Reason } from '../failure/reason.ts';

export const OPERATION_KINDS = ['create', 'delete', 'restore', 'rehearse'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** operation-state.ts says which are open, which are worked on, and which are ends. */
export const OPERATION_STATES = [
  'QUEUED',
  'RUNNING',
  'WAITING',
  'SUSPENDED',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const;
export type OperationState = (typeof OPERATION_STATES)[number];
export type OperationEnd = Extract<OperationState, 'SUCCEEDED' | 'FAILED' | 'CANCELLED'>;

export type OperationSummary = {
  readonly operationId: string;
  readonly state: OperationState;
  readonly revision: number;
};

export type DeletionSummary = Pick<OperationSummary, 'operationId' | 'state'> & {
  /** It leaves the parts that are SUCCESS: it cleans up after a cancelled create. */
  readonly onlyUnfinished: boolean;
  /** The backup stays in the history as INCOMPLETE: its create was cancelled, and nobody deleted it. */
  readonly keepsBackup: boolean;
};

/** Why an operation is SUSPENDED: a code of suspension.ts with a sentence, and since when. */
export type Suspension = Reason & { readonly at: Date };

/** Why the last attempt of an open operation failed, and when the next one is due; undefined: it is SUSPENDED. */
export type LastError = {
  readonly errorClass: ErrorClass;
  readonly reason: Reason;
  readonly at: Date;
  readonly nextAttemptAt: Date | undefined;
};

/**
 * What made an attempt: the request itself, the retry policy after a failed one, an operator, or the sweep after the worker of the previous
 * attempt had died.
 */
export const ATTEMPT_TRIGGERS = ['request', 'retry', 'person', 'sweep'] as const;
export type AttemptTrigger = (typeof ATTEMPT_TRIGGERS)[number];
