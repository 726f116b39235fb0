const FIRST_MS = 250;
const LONGEST_MS = 10_000;
const GOOD_RUN_MS = 30_000;

/** How many times in a row a program died soon after its start. A run of at least 30 s resets the count. */
export const countDeath = (deathsBefore: number, ranMs: number): number =>
  ranMs >= GOOD_RUN_MS ? 1 : deathsBefore + 1;

/** The delay before a restart: 250 ms after the first death, doubled with each, at most 10 s. */
export const restartDelayMs = (deaths: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** (deaths - 1));
