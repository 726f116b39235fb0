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
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new TimeLimitExceeded(`${what}: no answer within ${limitMs} ms`));
    }, limitMs);
  });
  try {
    return await Promise.race([work(() => late), limit]);
  } finally {
    clearTimeout(timer);
  }
};
