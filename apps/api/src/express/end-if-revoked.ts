import type { ServerResponse } from 'node:http';

/** With the few seconds for which a key is cached: a revoked one loses what it has open within 10 s. */
const CHECK_MS = 3_000;

/**
 * Breaks off a response that is still open, such as a stream of events, once the credentials of its caller are no longer accepted. While that
 * cannot be found out it stays open: without PostgreSQL there is nothing to send either.
 */
export const endIfRevoked = (
  response: ServerResponse,
  stillAccepted: () => Promise<boolean>,
  everyMs = CHECK_MS,
): void => {
  const check = async () => {
    if (!(await stillAccepted().catch(() => true))) response.destroy();
  };
  const timer = setInterval(() => void check(), everyMs).unref();
  response.on('close', () => clearInterval(timer));
};
