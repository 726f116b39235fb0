type Range = { readonly from: Date; readonly to: Date };

/** The range that is searched if a filter needs one and none is given. */
const DEFAULT_RANGE_MS = 90 * 86_400_000;

/** Fills in the ends that were not given: 90 days, up to now. Never returns an end before the start. */
export const defaultRange = (given: { readonly [End in keyof Range]?: Date | undefined }, now: Date): Range => {
  const to = given.to ?? new Date(Math.max(now.getTime(), given.from?.getTime() ?? 0));
  return { from: given.from ?? new Date(Math.max(0, to.getTime() - DEFAULT_RANGE_MS)), to };
};

/** As returned by /api/v1. */
export const rangeAnswer = ({ from, to }: Range, historyFrom: Date | undefined) => ({
  range: { from: from.toISOString(), to: to.toISOString(), defaulted: true as const },
  historyFrom: historyFrom?.toISOString() ?? null,
});
