/** The worker that sweeps writes a heartbeat every 10 s. */
const MIN_MS = 60_000;

/** Max age of the heartbeat while a worker is running. */
export const workerSeenWithinMs = (sweepIntervalMs = 0): number => Math.max(MIN_MS, 3 * sweepIntervalMs);
