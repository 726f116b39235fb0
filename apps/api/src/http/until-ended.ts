import { setTimeout as pause } from 'node:timers/promises';

export type Waiting<T> = {
  /** Reads it again; undefined: it is gone, and what was read last is returned. */
  readonly readAgain: () => Promise<T | undefined>;
  /** Absent: it is returned as it is. */
  readonly waitMs: number | undefined;
  readonly signal: AbortSignal;
  /** Monotonic milliseconds. */
  readonly now: () => number;
};

const POLL_MS = 250;

/** Its state when it has ended, on time-out, or when the client has gone. Rejects as `readAgain` does. */
export const untilEnded = async <T extends { readonly endedAt: Date | undefined }>(
  first: T,
  { readAgain, waitMs = 0, signal, now }: Waiting<T>,
): Promise<T> => {
  const until = now() + waitMs;
  let seen = first;
  while (seen.endedAt === undefined && now() < until && !signal.aborted) {
    await pause(Math.min(POLL_MS, until - now()), undefined, { signal }).catch(() => undefined);
    seen = (await readAgain()) ?? seen;
  }
  return seen;
};
