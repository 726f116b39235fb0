type Range = { readonly from: Date; readonly to: Date };

/** How much is searched where a filter needs a range of time and none is given. */
const DEFAULT_RANGE_MS = 90 * 86_400_000;

/** The ends that were not given: 90 days, up to now; an end before the begin is never made up. */
export const defaultRange = (given: { readonly [End in keyof Range]?: Date | undefined }, now: Date): Range => {
  const to = given.to ?? new Date(Math.max(now.getTime(), given.from?.getTime() ?? 0));
  return { from: given.from ?? new Date(Math.max(0, to.getTime() - DEFAULT_RANGE_MS)), to };
};

/** As answers show it. */
export const rangeAnswer = ({ from, to }: Range, historyFrom: Date | undefined) => ({
  range: { from: from.toISOString(), to: to.toISOString(), defaulted: true as const },
  historyFrom: historyFrom?.toISOString() ?? null,
});
