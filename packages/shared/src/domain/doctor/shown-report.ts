import { areaOf, type DoctorArea, type Finding } from './finding.ts';
import type { DoctorReport } from './report.ts';

export type ShownReport = Omit<DoctorReport, 'findings'> & {
  readonly findings: readonly (Omit<Finding, 'remedy'> & {
    readonly area: DoctorArea;
    readonly remedy: string | null;
  })[];
};

/** As `npm run doctor -- --json` prints it and the API answers it. */
export const shownReport = ({ findings, ...report }: DoctorReport): ShownReport => ({
  ...report,
  findings: findings.map(({ check, result, summary, remedy, evidence }) => ({
    ...{ check, area: areaOf(check), result, summary, remedy: remedy ?? null, evidence },
  })),
});
