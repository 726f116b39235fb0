import { type DoctorCheck, type Finding, failed, notKnown } from '@tandem/shared/domain/doctor/finding.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { definitionOf } from '@tandem/shared/domain/failure/failures.ts';
import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import { wordsOf } from './words-of.ts';

/** Some checks that share what they read. */
export type CheckRun = {
  readonly checks: readonly DoctorCheck[];
  readonly run: () => Promise<readonly Finding[]>;
  /** Default: CHECK_MS. */
  readonly withinMs?: number;
};

/** How long a check may take. */
export const CHECK_MS = 15_000;

class Late extends Error {
  constructor(ms: number) {
    super(`There was no answer within ${ms / 1_000} s.`);
  }
}

/** Rejects once it takes longer; what runs is not stopped. */
export const within = <T>(sleep: Sleep, limitMs: number, run: () => Promise<T>): Promise<T> =>
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

/** A server: its first check fails if it cannot be used, and nothing else of it is known then. */
export type Server<Facts> = {
  readonly check: DoctorCheck;
  /** In front of "cannot be used". */
  readonly name: string;
  /** Where it does not respond, or not in a way that the table of failures knows. */
  readonly remedy: string;
  readonly read: () => Promise<Facts>;
  /** The first check and others, from what was read. */
  readonly evaluate: (facts: Facts) => readonly Finding[];
  readonly dependents: readonly DoctorCheck[];
  /** What is checked once it answers. */
  readonly further: (facts: Facts) => readonly CheckRun[];
};

/** A server that responds, and refuses, has the remedy of that failure. */
const remedyFor = (error: unknown, remedy: string): string => {
  if (!isFailure(error)) return remedy;
  const { http, remedy: ofFailure } = definitionOf(error.code);
  return http?.isConnection === true ? remedy : ofFailure;
};

/** Never rejects. */
export const checkServer = async <Facts>(
  sleep: Sleep,
  { check, name, remedy, read, evaluate, dependents, further }: Server<Facts>,
): Promise<readonly Finding[]> => {
  const facts = await within(sleep, CHECK_MS, read).catch((error: unknown) =>
    failed(check, wordsOf(error), remedyFor(error, remedy)),
  );
  if (isFinding(facts))
    return [
      facts,
      ...dependents.map((one) => notKnown(one, `${name} cannot be used: see the check ${check}.`, undefined)),
    ];
  const runs = await Promise.all(further(facts).map((run) => perform(sleep, run)));
  return [...evaluate(facts), ...runs.flat()];
};

const isFinding = (value: unknown): value is Finding => typeof value === 'object' && value !== null && 'check' in value;
