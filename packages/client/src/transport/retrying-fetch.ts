import { NetworkError } from '../network-error.ts';
import { delay } from './delay.ts';
import type { Fetch } from './fetch.ts';
import { retryAfterMs } from './retry-after.ts';
import { type FailedTry, type RetryLimits, retryDelayMs, type Tried } from './retry-delay.ts';

export type Retry = { readonly failed: FailedTry; readonly inMs: number; readonly tries: number };

export type Retrying = {
  readonly limits: RetryLimits;
  /** Called before each wait, say to show it. */
  readonly onRetry: ((retry: Retry) => void) | undefined;
};

type Outcome = { readonly response: Response } | { readonly error: NetworkError };

/** Sends a request again where that is safe and may help (retryDelayMs). The request's signal ends its waits too. */
export const retryingFetch =
  (send: Fetch, { limits, onRetry }: Retrying): Fetch =>
  async (request) => {
    const beganAt = performance.now();
    for (let tries = 1; ; tries += 1) {
      const outcome = await tried(send, request.clone());
      const failed = await failedTry(outcome);
      const elapsedMs = performance.now() - beganAt;
      if (failed === undefined) return settled(outcome);
      const inMs = retryDelayMs({ failed, request: kindOf(request), tries, elapsedMs, jitter: Math.random() }, limits);
      if (inMs === undefined) return settled(outcome);
      onRetry?.({ failed, inMs, tries });
      if ('response' in outcome) await discard(outcome.response);
      await delay(inMs, request.signal);
    }
  };

const kindOf = ({ method, headers }: Request): Tried['request'] => {
  if (headers.has('idempotency-key')) return 'keyed';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'other';
};

const tried = async (send: Fetch, request: Request): Promise<Outcome> => {
  try {
    return { response: await send(request) };
  } catch (error) {
    if (error instanceof NetworkError) return { error };
    throw error;
  }
};

const settled = (outcome: Outcome): Response => {
  if ('error' in outcome) throw outcome.error;
  return outcome.response;
};

/** A body that nobody reads keeps its connection. */
const discard = async ({ body }: Response): Promise<void> => {
  await body?.cancel().catch(() => undefined);
};

/** Undefined: it did not fail. */
const failedTry = async (outcome: Outcome): Promise<FailedTry | undefined> => {
  if ('error' in outcome) return { network: outcome.error.problem };
  const { response } = outcome;
  if (response.status < 400) return undefined;
  const { status, headers } = response;
  return { status, retryAfterMs: retryAfterMs(headers.get('retry-after'), Date.now()), code: await codeOf(response) };
};

const codeOf = async (response: Response): Promise<string | undefined> => {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  const { code } = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
};
