import { type DoctorCheck, type Finding, failed, notKnown } from '@tandem/shared/domain/doctor/finding.ts';
import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';

/** Some checks that share what they read. */
export type CheckRun = {
  readonly checks: readonly DoctorCheck[];
  readonly run: () => Promise<readonly Finding[]>;
  /** Default: CHECK_MS. */
  readonly withinMs?: number;
};

/** How long a check may take. */
export const CHECK_MS = 15_000;

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

class Late extends Error {
  constructor(ms: number) {
    super(`There was no answer within ${ms / 1_000} s.`);
  }
}

const within = <T>(sleep: Sleep, limitMs: number, run: () => Promise<T>): Promise<T> =>
  withTimeLimit(sleep, limitMs, run(), () => {
    throw new Late(limitMs);
  });

/** One finding for each of the checks: what could not be checked is not known. Never rejects. */
export const perform = async (
  sleep: Sleep,
  { checks, run, withinMs = CHECK_MS }: CheckRun,
): Promise<readonly Finding[]> => {
  const findings = await within(sleep, withinMs, run).catch((error: unknown) =>
    checks.map((check) => notKnown(check, wordsOf(error), undefined)),
  );
  const missing = checks.filter((check) => !findings.some((finding) => finding.check === check));
  return [...findings, ...missing.map((check) => notKnown(check, 'It was not checked.', undefined))];
};

/** A server: its first check fails if it does not answer, and nothing else of it is known then. */
export type Server<Facts> = {
  readonly check: DoctorCheck;
  /** In front of "does not respond". */
  readonly name: string;
  readonly remedy: string;
  readonly read: () => Promise<Facts>;
  /** The first check and others, from what was read. */
  readonly evaluate: (facts: Facts) => readonly Finding[];
  readonly dependents: readonly DoctorCheck[];
  /** What is checked once it answers. */
  readonly further: (facts: Facts) => readonly CheckRun[];
};

/** Never rejects. */
export const examine = async <Facts>(
  sleep: Sleep,
  { check, name, remedy, read, evaluate, dependents, further }: Server<Facts>,
): Promise<readonly Finding[]> => {
  const facts = await within(sleep, CHECK_MS, read).catch((error: unknown) => failed(check, wordsOf(error), remedy));
  if (isFinding(facts))
    return [facts, ...dependents.map((one) => notKnown(one, `${name} does not respond.`, undefined))];
  const runs = await Promise.all(further(facts).map((run) => perform(sleep, run)));
  return [...evaluate(facts), ...runs.flat()];
};

const isFinding = (value: unknown): value is Finding => typeof value === 'object' && value !== null && 'check' in value;
