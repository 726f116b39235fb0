import { type FailureCode, isFailure } from '@tandem/shared/domain/failure/failure.ts';

export type EachIndex<Found> = {
  readonly found: readonly Found[];
  /** Those that the engine refused, each with its words. */
  readonly refused: readonly { readonly index: string; readonly reason: string }[];
};

/** What may concern a single index. An engine that is away, or takes too long, says nothing about any. */
export const OF_ONE_INDEX = [
  'ENGINE_FAILED',
  'ENGINE_BLOCKED',
  'ENGINE_BUSY',
  'ENGINE_FORBIDDEN',
  'ENGINE_REFUSED',
  'INDEX_NOT_FOUND',
] as const satisfies readonly FailureCode[];

/** Where this many were needed, what is left counts as refused: a cluster that refuses everything is not asked for each of 2,000 indices. */
const MAX_CALLS = 64;

/**
 * Reads many indices in one call. If the engine refuses because of one of them, halves of the list are read, so that the others are
 * still found. Rejects with every failure whose code is not in `codes`.
 */
export const eachIndex = async <Found>(
  names: readonly string[],
  read: (names: readonly string[]) => Promise<readonly Found[]>,
  codes: readonly FailureCode[] = OF_ONE_INDEX,
): Promise<EachIndex<Found>> => {
  let calls = 0;
  const readSome = async (some: readonly string[], last: string): Promise<EachIndex<Found>> => {
    if (some.length === 0) return { found: [], refused: [] };
    calls += 1;
    if (calls > MAX_CALLS) return { found: [], refused: some.map((index) => ({ index, reason: last })) };
    try {
      return { found: await read(some), refused: [] };
    } catch (error) {
      if (!isFailure(error, ...codes)) throw error;
      const [index = '', ...others] = some;
      if (others.length === 0) return { found: [], refused: [{ index, reason: error.message }] };
      const half = Math.ceil(some.length / 2);
      const first = await readSome(some.slice(0, half), error.message);
      const second = await readSome(some.slice(half), error.message);
      return { found: [...first.found, ...second.found], refused: [...first.refused, ...second.refused] };
    }
  };
  return readSome(names, '');
};
