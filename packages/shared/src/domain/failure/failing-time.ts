/** How long an operation has been failing, as its detail keeps it under `failing`. */
export type FailingTime = {
  /** Up to the end of the last try. */
  readonly ms: number;
  /** When that try ended, in the database's time. */
  readonly at: string;
  /** The backoff after it. */
  readonly inMs: number;
};

/** `last` undefined: this try is the first of its run. `tookMs`: of this try, on a monotonic clock. */
type Try = { readonly last: FailingTime | undefined; readonly now: Date; readonly tookMs: number };

/**
 * How long an operation has been failing: its tries and the backoffs between them. A gap counts for its backoff at most: neither a clock that
 * jumped, nor workers that were scaled to zero over night, nor a long queue exhausts an operation's retries.
 */
export const failingForMs = ({ last, now, tookMs }: Try): number => {
  if (last === undefined) return tookMs;
  const gapMs = now.getTime() - Date.parse(last.at);
  return last.ms + Math.min(Math.max(gapMs, 0), last.inMs) + tookMs;
};

/** From the operation's detail. Undefined: its last try did not fail. */
export const readFailingTime = ({ failing }: Readonly<Record<string, unknown>>): FailingTime | undefined =>
  typeof failing === 'object' && failing !== null ? (failing as FailingTime) : undefined;
