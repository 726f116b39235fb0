const TIMEOUT_MS = 2_000;

/** What an ingress or a load balancer answers with that has no Optimize behind it. */
const GATEWAY_ERRORS: ReadonlySet<number> = new Set([502, 503, 504]);

/** What a gateway's error means: that Optimize does not run, or nothing, since Optimize may answer so too. */
export type GatewayErrorMeans = 'running' | 'stopped';

/**
 * Asks whether Optimize answers at its URL. Whatever status it answers with, it runs, except for those of a gateway where they mean `stopped`. Resolves to
 * the URL and the status; undefined: it does not run, or there is no URL to ask. Never rejects; redirects are not followed.
 */
export const optimizeProbe =
  (url: string | undefined, gatewayError: GatewayErrorMeans): (() => Promise<string | undefined>) =>
  async () => {
    if (url === undefined) return undefined;
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
      await answer.body?.cancel();
      const isStopped = gatewayError === 'stopped' && GATEWAY_ERRORS.has(answer.status);
      return isStopped ? undefined : `${url} (status ${answer.status})`;
    } catch {
      return undefined;
    }
  };
