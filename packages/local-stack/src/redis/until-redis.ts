import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 60_000;

/** Asks until it is so; an error counts as not yet. */
export const untilRedis = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + LIMIT_MS; !(await isSo().catch(() => false)); await sleep(50)) {
    if (performance.now() > end) throw new Error(`Redis did not come to this within ${LIMIT_MS / 1000} s: ${what}`);
  }
};
