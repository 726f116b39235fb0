import type { NetworkProblem } from '../network-error.ts';

export type RetryLimits = {
  /** Tries in addition to the first. */
  readonly retries: number;
  /** No retry begins later than this after the first try began. */
  readonly withinMs: number;
};

/** How a try failed. */
export type FailedTry =
  | { readonly network: NetworkProblem }
  | { readonly status: number; readonly retryAfterMs: number | undefined; readonly code: string | undefined };

export type Tried = {
  readonly failed: FailedTry;
  /** `keyed`: has an idempotency key, so it is carried out once however often it arrives; `read`: changes nothing; `other`: neither. */
  readonly request: 'keyed' | 'read' | 'other';
  /** Tries so far, at least 1. */
  readonly tries: number;
  readonly elapsedMs: number;
  /** From 0 (inclusive) to 1. */
  readonly jitter: number;
};

const FIRST_MS = 500;
const MAX_MS = 10_000;

/** Waits of up to 0.5 s, 1 s, 2 s and so on, at least half of it. */
const backoffMs = (tries: number, jitter: number): number =>
  Math.round(Math.min(MAX_MS, FIRST_MS * 2 ** (tries - 1)) * (0.5 + jitter / 2));

/**
 * Milliseconds until the request is sent again. Undefined: it is not. A request with an idempotency key is repeated after connection failures,
 * 429, any 5xx but 501, and while an earlier try with its key runs; a read after connection failures; every request after 429 and 503 with
 * Retry-After. What TLS refuses is refused again.
 */
export const retryDelayMs = (
  { failed, request, tries, elapsedMs, jitter }: Tried,
  limits: RetryLimits,
): number | undefined => {
  if (tries > limits.retries || !isWorthIt(failed, request)) return undefined;
  const backoff = backoffMs(tries, jitter);
  const delay = 'status' in failed ? Math.max(failed.retryAfterMs ?? 0, backoff) : backoff;
  return elapsedMs + delay > limits.withinMs ? undefined : delay;
};

const isWorthIt = (failed: FailedTry, request: Tried['request']): boolean => {
  if ('network' in failed) return failed.network !== 'tls' && request !== 'other';
  const { status, retryAfterMs, code } = failed;
  if ((status === 429 || status === 503) && retryAfterMs !== undefined) return true;
  if (request !== 'keyed') return false;
  return status === 429 || (status >= 500 && status !== 501) || code === 'IDEMPOTENCY_KEY_RUNNING';
};
