type Measured = { readonly bytes: number | undefined };

/** What a backup holds, as its parts were measured (PartRecord). Undefined: one of them was not. */
export const backupBytes = (parts: readonly Measured[]): number | undefined =>
  parts.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    parts.length === 0 ? undefined : 0,
  );
