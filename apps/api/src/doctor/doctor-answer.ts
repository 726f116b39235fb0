import type { DoctorRun as Run } from '@tandem/history/ports/doctor.ts';
import type { DoctorReport, DoctorRun } from '@tandem/shared/contract/doctor.ts';
import type { Evidence } from '@tandem/shared/domain/doctor/finding.ts';
import type { DoctorReport as Report } from '@tandem/shared/domain/doctor/report.ts';
import { shownReport } from '@tandem/shared/domain/doctor/shown-report.ts';

export const doctorAnswer = (run: Run, now: Date): DoctorRun => ({
  runId: run.id,
  state: stateOf(run, now),
  requestedAt: run.requestedAt.toISOString(),
  actor: run.actor,
  requestId: run.requestId ?? null,
  endedAt: run.endedAt?.toISOString() ?? null,
  report: run.report === undefined ? null : reportOf(run.report),
});

const stateOf = ({ endedAt, until }: Run, now: Date): DoctorRun['state'] => {
  if (endedAt !== undefined) return 'ENDED';
  return until < now ? 'ABANDONED' : 'RUNNING';
};

const reportOf = (report: Report): DoctorReport => {
  const { findings, counts, ...rest } = shownReport(report);
  return {
    ...{ ...rest, counts: { ...counts } },
    findings: findings.map(({ evidence, ...finding }) => ({ ...finding, evidence: evidenceOf(evidence) })),
  };
};

const evidenceOf = (evidence: Evidence): DoctorReport['findings'][number]['evidence'] =>
  Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );
