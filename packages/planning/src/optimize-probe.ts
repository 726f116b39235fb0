const TIMEOUT_MS = 2_000;

/**
 * Asks whether Optimize answers at its URL: whatever status it answers with, it runs. Undefined: it does not, or there is no URL to ask.
 * Never rejects; redirects are not followed.
 */
export const optimizeProbe =
  (url: string | undefined): (() => Promise<string | undefined>) =>
  async () => {
    if (url === undefined) return undefined;
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
      await answer.body?.cancel();
      return url;
    } catch {
      return undefined;
    }
  };
