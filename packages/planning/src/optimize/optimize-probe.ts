const TIMEOUT_MS = 2_000;

/** Statuses that an ingress or a load balancer returns when no Optimize is behind it. */
const GATEWAY_ERRORS: ReadonlySet<number> = new Set([502, 503, 504]);

/** What a gateway error means: `stopped`: Optimize is not running; `running`: nothing, because Optimize may return it too. */
export type GatewayErrorMeans = 'running' | 'stopped';

/**
 * Checks whether Optimize responds at its URL. Any status means that it is running, except gateway errors if they mean `stopped`. Resolves
 * with the URL and the status; undefined: it is not running, or no URL is configured. Never rejects; does not follow redirects.
 */
export const optimizeProbe =
  (url: string | undefined, gatewayError: GatewayErrorMeans): (() => Promise<string | undefined>) =>
  async () => {
    if (url === undefined) return undefined;
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
      await response.body?.cancel();
      const isStopped = gatewayError === 'stopped' && GATEWAY_ERRORS.has(response.status);
      return isStopped ? undefined : `${url} (status ${response.status})`;
    } catch {
      return undefined;
    }
  };
