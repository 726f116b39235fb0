import type { Actor } from './event.ts';

/** That a backup must not be deleted. */
export type Hold = {
  readonly reason: string;
  /** RFC 3339; null: until somebody releases it. */
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
export const MOST_LABELS = 20;

/** null takes a label away. */
export const withLabels = (labels: Labels, changes: Readonly<Record<string, string | null>>): Labels =>
  Object.fromEntries(
    Object.entries({ ...labels, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
