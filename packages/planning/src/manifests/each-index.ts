import { type FailureCode, isFailure } from '@tandem/shared/domain/failure/failure.ts';

export type EachIndex<Found> = {
  readonly found: readonly Found[];
  /** The indices that the engine refused, each with its error message. */
  readonly refused: readonly { readonly index: string; readonly reason: string }[];
};

/** Failures that may concern a single index. An engine that is unreachable or too slow says nothing about any index. */
export const OF_ONE_INDEX = [
  'ENGINE_FAILED',
  'ENGINE_BLOCKED',
  'ENGINE_BUSY',
  'ENGINE_FORBIDDEN',
  'ENGINE_REFUSED',
  'INDEX_NOT_FOUND',
] as const satisfies readonly FailureCode[];

/** After this many calls the remaining indices count as refused, so that a cluster that refuses everything does not get 2,000 calls. */
const MAX_CALLS = 64;

/**
 * Reads many indices in one call. If the engine refuses because of one of them, the list is split in halves, so that the others are
 * still read. Rejects with any failure whose code is not in `codes`.
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
