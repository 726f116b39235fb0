/** Polls of a running snapshot are dense at first, so that a small one ends at once, and sparse later. */
export type PollSchedule = { readonly minMs: number; readonly maxMs: number };

/** A twentieth of the time it has been running, within the bounds: a poll comes late by at most 5 % of the run. */
export const nextPollInMs = (schedule: PollSchedule, runningForMs: number): number =>
  Math.round(Math.min(schedule.maxMs, Math.max(schedule.minMs, runningForMs / 20)));
