/** Splits names into lists whose joined, encoded form stays within `maxBytes`; a name alone may be longer. Order is kept. */
export const nameChunks = (names: readonly string[], maxBytes: number): readonly (readonly string[])[] => {
  const chunks: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const added = encodeURIComponent(name).length + 1;
    if (size + added > maxBytes) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(name);
    size += added;
  }
  return chunks;
};

/** Elasticsearch refuses a request line over 4,096 bytes; the rest is for the path's other parts, the query and a proxy's prefix. */
const MAX_NAMES_BYTES = 3_000;
const AT_A_TIME = 4;

/**
 * Runs `work` for names, each once, in lists short enough for a request line, a few at a time; the results are joined in order. After a
 * failure no further list is started.
 */
export const forChunks = async <T>(
  names: readonly string[],
  work: (names: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> => {
  const chunks = nameChunks([...new Set(names)], MAX_NAMES_BYTES).entries();
  const results: (readonly T[])[] = [];
  let failed = false;
  const runNext = async (): Promise<void> => {
    for (const [position, chunk] of chunks) {
      if (failed) return;
      results[position] = await work(chunk).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, runNext));
  return results.flat();
};
