/** Polls of a running snapshot are dense at first, so that a small one ends at once, and sparse later. */
export type PollSchedule = { readonly minMs: number; readonly maxMs: number };

/**
 * Milliseconds until the next poll: a twentieth of the time that the work has been running, within the bounds, so that its end is noticed late
 * by at most 5 %.
 */
export const nextPollInMs = (schedule: PollSchedule, runningForMs: number): number =>
  Math.round(Math.min(schedule.maxMs, Math.max(schedule.minMs, runningForMs / 20)));
