/** Tolerance for the precision of server clocks. */
export const CLOCK_SLACK_MS = 1_000;

/**
 * Of a row of operations: it is due further ahead than it was to wait when that was written. The clock was put back since. Where a worker of the
 * version before wrote the due time alone, a trigger has measured the wait.
 */
export const IS_TOO_FAR_AHEAD = (row: string): string =>
  `${row}.next_tick_at > now() + make_interval(secs => (${row}.wait_ms + ${CLOCK_SLACK_MS}) / 1000)`;

/** A time that lies in the future was written by a clock that was put back since: the elapsed time is unknown. */
export const HAS_PASSED = (time: string): string =>
  `${time} <= now() + make_interval(secs => ${CLOCK_SLACK_MS / 1_000})`;
