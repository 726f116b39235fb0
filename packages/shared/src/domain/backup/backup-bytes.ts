type Measured = { readonly bytes: number | undefined };

/** The bytes that the indices of all parts held in primary shards (PartRecord). Undefined: a part was not measured. */
export const backupBytes = (parts: readonly Measured[]): number | undefined =>
  parts.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    parts.length === 0 ? undefined : 0,
  );
