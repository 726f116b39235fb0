import type { EngineFacts } from '../../e2e/src/engines/checks.ts';

/** The part of Vitest's JSON report that is read here. */
export type TestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly meta?: {
        readonly engine?: EngineFacts;
        readonly check?: { readonly name: string; readonly seen: string };
        readonly answers?: Readonly<Record<string, string>>;
      };
    }[];
  }[];
};

/** What a run saw of one engine. */
export type EngineReport = EngineFacts & {
  /** Tests of the engine's port that passed, and those that could not run on this machine. */
  readonly port: { readonly passed: number; readonly skipped: number };
  readonly checks: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
};

const reportOf = ({ assertionResults }: TestReport['testResults'][number]): EngineReport | undefined => {
  const metas = assertionResults.map(({ meta = {} }) => meta);
  const facts = metas.find(({ engine }) => engine !== undefined)?.engine;
  if (facts === undefined) return undefined;
  const others = assertionResults.filter(({ meta }) => !(meta?.engine || meta?.check || meta?.answers));
  const count = (result: string) => others.filter(({ status }) => status === result).length;
  return {
    ...facts,
    port: { passed: count('passed'), skipped: count('skipped') },
    checks: Object.fromEntries(metas.flatMap(({ check }) => (check ? [[check.name, check.seen]] : []))),
    answers: metas.find(({ answers }) => answers !== undefined)?.answers ?? {},
  };
};

/**
 * The engines of a run, in the order of `kinds`. Throws unless each of them was tried, nothing failed and no check is missing:
 * a support matrix of fewer would be read as one of all.
 */
export const engineReports = (
  { testResults }: TestReport,
  kinds: readonly string[],
  checks: readonly string[],
): readonly EngineReport[] => {
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  );
  if (failed.length > 0) throw new Error(`docs/engines.md is not written, because tests failed: ${failed.join('; ')}`);
  const reports = testResults.map(reportOf).filter((report) => report !== undefined);
  const missing = kinds.filter((kind) => !reports.some((report) => report.kind === kind));
  if (missing.length > 0)
    throw new Error(
      `docs/engines.md is only written by a run of all ${kinds.length} engines; missing: ${missing.join(', ')}`,
    );
  return kinds.flatMap((kind) => {
    const report = reports.find((one) => one.kind === kind);
    const unseen = checks.filter((check) => report?.checks[check] === undefined);
    if (unseen.length > 0)
      throw new Error(`docs/engines.md is not written: ${kind} was not checked for ${unseen.join(', ')}`);
    return report === undefined ? [] : [report];
  });
};
