import { DOCTOR_CHECKS, DOCTOR_RESULTS, type DoctorResult, type Finding } from './finding.ts';

export type DoctorReport = {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** The worst result; `notKnown` counts as `ok`, unless nothing at all is known. */
  readonly verdict: Exclude<DoctorResult, 'notKnown'>;
  readonly counts: Readonly<Record<DoctorResult, number>>;
  /** One for each check, in the order of DOCTOR_CHECKS. */
  readonly findings: readonly Finding[];
};

const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((one, other) => DOCTOR_CHECKS.indexOf(one.check) - DOCTOR_CHECKS.indexOf(other.check));

const countsOf = (findings: readonly Finding[]): DoctorReport['counts'] => {
  const countOf = (result: DoctorResult) => findings.filter((finding) => finding.result === result).length;
  return { ok: countOf('ok'), notKnown: countOf('notKnown'), warn: countOf('warn'), fail: countOf('fail') };
};

const verdictOf = (counts: DoctorReport['counts']): DoctorReport['verdict'] => {
  if (counts.fail > 0) return 'fail';
  return counts.warn > 0 ? 'warn' : 'ok';
};

/** Pure: the findings in order, with their counts. */
export const doctorReport = (findings: readonly Finding[], startedAt: Date, endedAt: Date): DoctorReport => {
  const counts = countsOf(findings);
  return {
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    verdict: verdictOf(counts),
    counts,
    findings: inOrder(findings),
  };
};

/** 0: healthy; 1: not. `strict`: warnings count. */
export const doctorExitCode = ({ verdict }: Pick<DoctorReport, 'verdict'>, strict: boolean): 0 | 1 =>
  verdict === 'fail' || (strict && verdict === 'warn') ? 1 : 0;

/** From worst to best, as an operator should read them. */
export const WORST_FIRST: readonly DoctorResult[] = DOCTOR_RESULTS.toReversed();
