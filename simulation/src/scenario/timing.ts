/** Virtual milliseconds. */
export const LEASE_MS = 10_000;
export const SWEEP_EVERY_MS = 3_000;
/** Orphans are searched for by every so many runs of the sweep. */
export const ORPHAN_RUNS = 5;
export const ENGINE_TIMEOUT_MS = 15_000;
/** The longest that a request which was sent may still take effect: what the engine's master time-out promises. */
export const ENGINE_MASTER_MS = 2 * ENGINE_TIMEOUT_MS;
export const QUIET_MS = LEASE_MS + ENGINE_MASTER_MS;
export const HISTORY_TIMEOUT_MS = 3_000;
export const QUEUE_TIMEOUT_MS = 1_000;
/** How long the queue leaves a job with a worker that gives no sign. */
export const JOB_LOCK_MS = 8_000;

/** The epoch of virtual time. */
export const EPOCH_MS = Date.UTC(2022, 9, 11, 10, 11, 12);
