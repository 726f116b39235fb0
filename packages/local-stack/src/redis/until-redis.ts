import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 60_000;

/** Polls until it is true; an error counts as false. */
export const untilRedis = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + LIMIT_MS; !(await isSo().catch(() => false)); await sleep(50)) {
    if (performance.now() > end) throw new Error(`Redis did not reach this state within ${LIMIT_MS / 1000} s: ${what}`);
  }
};
