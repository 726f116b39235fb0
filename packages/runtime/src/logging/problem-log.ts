import type { Logger } from './logger.ts';

/** Keeps a loop from logging the same problem in every round: logs when it begins, when it ends, and a count in between. */
export type ProblemLog = {
  /** Logs the 1st, 10th, 100th occurrence and so on. A different error under the same key is a new problem. */
  readonly met: (key: string, facts: Facts, message: string) => void;
  /** Logs that the problem is over, if it was open. */
  readonly over: (key: string) => void;
  /** Closes the problem without logging; another line says why. */
  readonly forget: (key: string) => void;
  /** Ends a round over all keys: a problem that was met before the round and not during it is over. */
  readonly round: () => () => void;
};

type Facts = Readonly<Record<string, unknown>>;
type Problem = { readonly facts: Facts; readonly message: string; readonly times: number };

/** Problems may end elsewhere, such as in another process. Beyond this many the oldest are dropped. */
const MAX_OPEN = 1_000;

export const problemLog = (log: Pick<Logger, 'warn' | 'info'>): ProblemLog => {
  const open = new Map<string, Problem>();
  const met: ProblemLog['met'] = (key, facts, message) => {
    const known = open.get(key);
    const times = known !== undefined && isSame(known.facts, facts) ? known.times + 1 : 1;
    open.delete(key);
    open.set(key, { facts, message, times });
    for (const oldest of open.keys()) if (open.size > MAX_OPEN) open.delete(oldest);
    if (times === 1) log.warn(facts, message);
    else if (isPowerOfTen(times)) log.warn({ ...facts, times }, message);
  };
  const over: ProblemLog['over'] = (key) => {
    const known = open.get(key);
    if (known === undefined) return;
    open.delete(key);
    const { err: _, ...facts } = known.facts;
    log.info({ ...facts, times: known.times }, `over: ${known.message}`);
  };
  const round = () => {
    const before = new Map(open);
    return () => {
      for (const [key, problem] of before) if (open.get(key) === problem) over(key);
    };
  };
  return { met, over, forget: (key) => void open.delete(key), round };
};

const isPowerOfTen = (times: number): boolean => /^10*$/.test(String(times));

const isSame = (one: Facts, other: Facts): boolean => wordsOf(one.err) === wordsOf(other.err);

/** Messages contain times and figures that vary, so the code identifies the error if there is one. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
};
