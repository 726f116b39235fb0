/**
 * Whether a running engine can restore a snapshot. Engines list what they cannot read as SUCCESS and refuse it at restore, so it has
 * to be worked out (seen on 7.17, 8.19 and 9.5): a newer one is refused, and so is one from before the previous major.
 * A snapshot without a version is taken as readable: nothing is concluded from a missing field.
 */
export const canRestore = (
  versionId: number | undefined,
  engine: { readonly newestReadable: number; readonly major: number },
): boolean => {
  if (versionId === undefined) return true;
  return versionId <= engine.newestReadable && Math.floor(versionId / 1_000_000) >= engine.major - 1;
};
