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

/** The hold that is in force at that time. Undefined: there is none, or it has expired. */
export const livingHold = (hold: Hold | undefined, now: Date): Hold | undefined =>
  hold !== undefined && (hold.until === null || new Date(hold.until) > now) ? hold : undefined;

export type Labels = Readonly<Record<string, string>>;

/** How many a backup may have. */
export const MAX_LABELS = 20;

/** The labels after a change; null removes one. */
export const withLabels = (labels: Labels, changes: Readonly<Record<string, string | null>>): Labels =>
  Object.fromEntries(
    Object.entries({ ...labels, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  );

/** How long a safety backup is held after the end of its restore. */
export const SAFETY_HOLD_DAYS = 7;

const DAY_MS = 86_400_000;

/** The hold that a safety backup is accepted with: without an end while its restore is open. `at`: database time. */
export const safetyHold = (restoreId: string, actor: Actor, requestId: string | undefined, at: Date): Hold => ({
  reason: `safety backup of restore ${restoreId}`,
  until: null,
  actor,
  requestId,
  at: at.toISOString(),
});

/** That hold once the restore has ended: it ends SAFETY_HOLD_DAYS later. Undefined: an operator changed or released it meanwhile, and it stays so. */
export const safetyHoldAfter = (hold: Hold | undefined, restoreId: string, endedAt: Date): Hold | undefined => {
  if (hold === undefined || hold.until !== null || hold.reason !== `safety backup of restore ${restoreId}`)
    return undefined;
  return { ...hold, until: new Date(endedAt.getTime() + SAFETY_HOLD_DAYS * DAY_MS).toISOString() };
};
