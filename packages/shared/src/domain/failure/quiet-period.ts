export type QuietPeriod = {
  /** In the database's time. */
  readonly since: Date;
  readonly leftMs: number;
};

/**
 * A period without an event, counted from `since`; undefined: from now. A time that lies ahead was written before the clock was put back: the
 * period begins again, it does not last until the clock has caught up.
 */
export const quietPeriod = (since: Date | undefined, quietMs: number, now: Date): QuietPeriod => {
  const from = since === undefined || since > now ? now : since;
  return { since: from, leftMs: Math.max(0, from.getTime() + quietMs - now.getTime()) };
};
