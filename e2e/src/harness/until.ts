import { setTimeout as pause } from 'node:timers/promises';

export type Patience = {
  readonly withinMs?: number;
  /** What to show besides when the time is up. */
  readonly logs?: () => string;
};

/**
 * Asks until the answer is as wanted, and gives it. Bounded: then it throws with what was waited for, what was seen last, and the logs.
 * A question that fails counts as a no.
 */
export const until = async <T>(
  what: string,
  ask: () => Promise<T> | T,
  isWanted: (answer: T) => boolean,
  { withinMs = 60_000, logs }: Patience = {},
): Promise<T> => {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (isWanted(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await pause(25);
  } while (performance.now() < deadline);
  const seen = last instanceof Error ? String(last) : JSON.stringify(last, undefined, 1);
  throw new Error(`Not within ${withinMs} ms: ${what}. Seen last: ${seen}\n${logs?.() ?? ''}`);
};
