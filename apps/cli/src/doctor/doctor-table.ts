import type { DoctorResult } from '@tandem/shared/domain/doctor/finding.ts';
import { WORST_FIRST } from '@tandem/shared/domain/doctor/report.ts';
import { hanging } from '../output/wrapped.ts';

/** What the table needs of a report, as the doctor makes it or the API returns it. */
export type TableReport = {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly counts: Readonly<Record<DoctorResult, number>>;
  readonly findings: readonly {
    readonly check: string;
    readonly result: DoctorResult;
    readonly summary: string;
    readonly remedy?: string | null | undefined;
  }[];
};

const WORDS: Readonly<Record<DoctorResult, string>> = { ok: 'ok', notKnown: 'not known', warn: 'WARN', fail: 'FAIL' };

type Row = { readonly result: DoctorResult; readonly name: string; readonly text: string };

/** What is not known for one reason is one row. */
const rowsOf = (findings: TableReport['findings']): readonly Row[] => {
  const rows: Row[] = [];
  const grouped = new Set<string>();
  for (const { check, result, summary } of findings) {
    if (grouped.has(summary)) continue;
    const alike = findings.filter((one) => result === 'notKnown' && one.result === result && one.summary === summary);
    if (alike.length > 1) {
      grouped.add(summary);
      const names = alike.map((one) => one.check).join(', ');
      rows.push({ result, name: `${alike.length} checks`, text: `${summary} Not checked: ${names}.` });
    } else rows.push({ result, name: check, text: summary });
  }
  return rows;
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const summaryLine = ({ counts, startedAt, endedAt }: TableReport): string => {
  const seconds = ((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000).toFixed(1);
  const parts = [
    plural(counts.fail, 'failure', 'failures'),
    plural(counts.warn, 'warning', 'warnings'),
    `${counts.notKnown} not known`,
    `${counts.ok} ok`,
  ];
  return `${parts.join(', ')} (${startedAt}, ${seconds} s).`;
};

/** The problems last, with what to do about each, since the end of the output is what is seen. */
export const doctorTable = (report: TableReport, width: number): readonly string[] => {
  const rows = rowsOf(report.findings);
  const columns = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.flatMap(({ result, name, text }) =>
    hanging(`${WORDS[result].padEnd(9)}  ${name.padEnd(columns)}  `, text, width),
  );
  const problems = report.findings
    .filter(({ result }) => result === 'fail' || result === 'warn')
    .toSorted((one, other) => WORST_FIRST.indexOf(one.result) - WORST_FIRST.indexOf(other.result));
  const remedies = problems.flatMap(({ result, check, remedy }, nth) => [
    ...hanging(`  ${`${nth + 1}.`.padEnd(3)} ${WORDS[result]}  ${check}: `, remedy ?? '', width),
  ]);
  return [...lines, '', ...(remedies.length === 0 ? [] : ['What to do:', ...remedies, '']), summaryLine(report)];
};
