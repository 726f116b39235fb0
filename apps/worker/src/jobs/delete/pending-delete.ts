import { type QuietPeriod, quietPeriod } from '@tandem/shared/domain/failure/quiet-period.ts';

/*
 * A delete whose response was lost may take effect later, and engines delete by name. Until then no needed snapshot may have the name. Stored
 * in the operation's detail; times are those of the database.
 */

type Detail = Readonly<Record<string, unknown>>;

const keyOf = (part: number): string => `deleteOfPart${part}`;

/** When the last delete without a response was about to be sent. */
export const pendingDelete = (detail: Detail, part: number): Date | undefined => {
  const sentAt = detail[keyOf(part)];
  return typeof sentAt === 'string' ? new Date(sentAt) : undefined;
};

export const writePendingDelete = (part: number, sentAt: Date | undefined): Detail => ({
  [keyOf(part)]: sentAt?.toISOString() ?? null,
});

/** How much longer a delete sent at that time may still take effect; undefined: no longer. `quietMs`: lease and the engine's master time-out. */
export const waitForDelete = (sentAt: Date, quietMs: number, now: Date): QuietPeriod | undefined => {
  const period = quietPeriod(sentAt, quietMs, now);
  return period.leftMs === 0 ? undefined : period;
};
