import type { Logger } from './logger.ts';

/** A loop meets the same problem at each turn: it is logged when it begins and when it is over, with a count in between. */
export type ProblemLog = {
  /** Logs the first time, then the 10th, the 100th and so on. Another error under the same key is another problem. */
  readonly met: (key: string, facts: Facts, message: string) => void;
  /** Logs that it is over, where it was met. */
  readonly over: (key: string) => void;
  /** It is no problem any more, and another line says why. */
  readonly forget: (key: string) => void;
  /** Ends a round over all keys: what was met before it began and not since is over. */
  readonly round: () => () => void;
};

type Facts = Readonly<Record<string, unknown>>;
type Problem = { readonly facts: Facts; readonly message: string; readonly times: number };

/** Of problems that end elsewhere, as in another process, the oldest are forgotten. */
const MOST = 1_000;

export const problemLog = (log: Pick<Logger, 'warn' | 'info'>): ProblemLog => {
  const open = new Map<string, Problem>();
  const met: ProblemLog['met'] = (key, facts, message) => {
    const known = open.get(key);
    const times = known !== undefined && isSame(known.facts, facts) ? known.times + 1 : 1;
    open.delete(key);
    open.set(key, { facts, message, times });
    for (const oldest of open.keys()) if (open.size > MOST) open.delete(oldest);
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

/** Messages hold times and figures that change: the code counts where there is one. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
};
