/**
 * Resolves after `ms`; rejects once the signal is aborted, if it observes it, so that no timer is left. As `setTimeout` of node:timers/promises;
 * tests and simulations pass a clock of their own.
 */
export type Sleep = (ms: number, value?: undefined, options?: { readonly signal: AbortSignal }) => Promise<unknown>;

/**
 * Settles as `work` does if that takes at most `limitMs`, otherwise with what `late` returns or throws. Late work is not stopped: its result and
 * its rejection are ignored.
 */
export const withTimeLimit = async <Result, Late>(
  sleep: Sleep,
  limitMs: number,
  work: Promise<Result>,
  late: () => Late,
): Promise<Result | Late> => {
  const ended = new AbortController();
  try {
    return await Promise.race([work, sleep(limitMs, undefined, { signal: ended.signal }).then(late)]);
  } finally {
    ended.abort();
  }
};
