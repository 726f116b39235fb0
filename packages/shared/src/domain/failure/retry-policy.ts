import type { OperationKind } from '../operation/operation.ts';
import type { ErrorClass } from './failure-definition.ts';
import type { Limit } from './limited-tries.ts';
import { MAX_EQUAL_REFUSALS } from './refusal.ts';

/** When to retry after a failure, and when retries are exhausted. Limits are per run of failures: progress resets them. */
export type RetryLimits = {
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly maxAttempts: number;
  readonly maxElapsedMs: number;
};
export type RetryPolicy = Readonly<Record<Exclude<ErrorClass, 'terminal'>, RetryLimits>>;
/** For every kind of operation, but for those that have their own. */
export type RetryPolicies = RetryPolicy & { readonly ofKind?: Readonly<Partial<Record<OperationKind, RetryPolicy>>> };

/** The limits for that kind of operation: its own if it has some, else those for every kind. */
export const policyFor = (policies: RetryPolicies, kind: OperationKind): RetryPolicy =>
  policies.ofKind?.[kind] ?? policies;

export type RetryDecision =
  | { readonly retry: true; readonly inMs: number }
  | { readonly retry: false; readonly why: string };

export type FailedTry = {
  readonly errorClass: ErrorClass;
  /** Failed tries in a row, this one included. */
  readonly tries: number;
  /** Since the first of them. */
  readonly failingForMs: number;
  /** How often in a row the engine refused the same call in the same words, this time included; 0: it did not refuse. */
  readonly equalRefusals: number;
  /** The delay that the engine requested; the minimum wait. */
  readonly retryAfterMs: number | undefined;
  /** Undefined: the limits of its class alone. */
  readonly limited?: { readonly times: number; readonly limit: Limit } | undefined;
};

/**
 * Whether trying again is of no use: the engine refused it too often in the same words, or its own limit is reached. What an operator must fix
 * is never hopeless; it has its own, longer limits.
 */
export const isHopeless = (failed: Pick<FailedTry, 'errorClass' | 'equalRefusals' | 'limited'>): boolean =>
  failed.errorClass === 'transient' && (failed.equalRefusals >= MAX_EQUAL_REFUSALS || isSpent(failed.limited));

const isSpent = (limited: FailedTry['limited']): boolean =>
  limited !== undefined && limited.times >= limited.limit.tries;

/**
 * Whether and when to try again. Exponential backoff with full jitter (`jitter` is chance in [0, 1)): a uniform share of the doubled delay, so
 * that many that failed together do not come back together. Never sooner than the engine requested.
 */
export const retryDecision = (policy: RetryPolicy, failed: FailedTry, jitter: number): RetryDecision => {
  if (failed.errorClass === 'terminal') return { retry: false, why: 'the error is permanent' };
  if (isHopeless(failed)) {
    if (isSpent(failed.limited))
      return { retry: false, why: `it failed ${failed.limited?.times} times in the same way` };
    return { retry: false, why: `the engine refused it ${failed.equalRefusals} times in a row for the same reason` };
  }
  const limits = policy[failed.errorClass];
  if (failed.tries >= limits.maxAttempts) return { retry: false, why: `${failed.tries} tries in a row failed` };
  if (failed.failingForMs >= limits.maxElapsedMs) {
    return { retry: false, why: `it has been failing for ${Math.round(failed.failingForMs / 1000)} s` };
  }
  const fixedMs = failed.limited?.limit.inMs;
  if (fixedMs !== undefined) return { retry: true, inMs: Math.max(fixedMs, failed.retryAfterMs ?? 0) };
  const ceiling = Math.min(limits.maxBackoffMs, limits.initialBackoffMs * 2 ** Math.min(failed.tries - 1, 30));
  return { retry: true, inMs: Math.max(Math.ceil(ceiling * jitter), failed.retryAfterMs ?? 0, 1) };
};
