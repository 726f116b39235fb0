import { ApiError } from '../api-error.ts';
import { NetworkError } from '../network-error.ts';

/** How long Tandem may be away, say for an update, before following ends with an error. */
export const AWAY_MS = 300_000;

/** Whether Tandem may simply be away: it does not respond, is not ready, or limits the rate. */
export const mayPass = (error: unknown): boolean => {
  if (error instanceof NetworkError) return error.problem !== 'tls';
  return error instanceof ApiError && (error.status >= 500 || error.status === 429);
};
