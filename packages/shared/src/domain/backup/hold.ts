import type { Actor } from '../history/event.ts';

/** That a backup must not be deleted. */
export type Hold = {
  readonly reason: string;
  /** RFC 3339; null: until an operator releases it. */
  readonly until: string | null;
  readonly actor: Actor;
  readonly requestId: string | undefined;
  readonly at: string;
};

/** The hold that is in force: one that has run out is none. */
export const livingHold = (hold: Hold | undefined, now: Date): Hold | undefined =>
  hold !== undefined && (hold.until === null || new Date(hold.until) > now) ? hold : undefined;

export type Labels = Readonly<Record<string, string>>;

/** How many a backup may have. */
export const MAX_LABELS = 20;

/** null takes a label away. */
export const withLabels = (labels: Labels, changes: Readonly<Record<string, string | null>>): Labels =>
  Object.fromEntries(
    Object.entries({ ...labels, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  );

/** How long a safety backup is held after the end of its restore. */
export const SAFETY_HOLD_DAYS = 7;

const DAY_MS = 86_400_000;

/** With what a safety backup is accepted: held as long as its restore is open. `at`: database time. */
export const safetyHold = (restoreId: string, actor: Actor, requestId: string | undefined, at: Date): Hold => ({
  reason: `safety backup of restore ${restoreId}`,
  until: null,
  actor,
  requestId,
  at: at.toISOString(),
});

/** The same once the restore has ended. Undefined: it was changed or released meanwhile, and stays so. */
export const safetyHoldAfter = (hold: Hold | undefined, restoreId: string, endedAt: Date): Hold | undefined => {
  if (hold === undefined || hold.until !== null || hold.reason !== `safety backup of restore ${restoreId}`)
    return undefined;
  return { ...hold, until: new Date(endedAt.getTime() + SAFETY_HOLD_DAYS * DAY_MS).toISOString() };
};
