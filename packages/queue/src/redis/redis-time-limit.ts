import { setTimeout as sleep } from 'node:timers/promises';
import { withTimeLimit } from '@tandem/shared/domain/time-limit.ts';

export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded';
}

/**
 * The result of `work`, or after `limitMs` a rejection with TimeLimitExceeded. The work continues then, its result is ignored, and
 * `isLate` returns true to it.
 */
export const withinMs = async <T>(
  limitMs: number,
  what: string,
  work: (isLate: () => boolean) => Promise<T>,
): Promise<T> => {
  let late = false;
  return withTimeLimit(
    sleep,
    limitMs,
    work(() => late),
    () => {
      late = true;
      throw new TimeLimitExceeded(`${what}: no answer within ${limitMs} ms`);
    },
  );
};
