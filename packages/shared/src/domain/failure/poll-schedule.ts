/** Polls of a running snapshot are dense at first, so that a small one ends at once, and sparse later. */
export type PollSchedule = { readonly firstMs: number; readonly mostMs: number };

/** A twentieth of the time it has been running, within the bounds: a poll comes late by at most 5 % of the run. */
export const nextPollInMs = (schedule: PollSchedule, runningForMs: number): number =>
  Math.round(Math.min(schedule.mostMs, Math.max(schedule.firstMs, runningForMs / 20)));
