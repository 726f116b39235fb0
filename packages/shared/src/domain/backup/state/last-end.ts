/** When the last part ended. Undefined: a part has not ended. */
export const lastEnd = (parts: readonly { readonly endedAt?: Date }[]): Date | undefined => {
  const ends = parts.map(({ endedAt }) => endedAt?.getTime() ?? Number.NaN);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? new Date(last) : undefined;
};
