export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded';
}

/**
 * What `work` comes to, or after `limitMs` a rejection with TimeLimitExceeded. The work goes on then, its end is ignored, and
 * `isLate` tells it so.
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
