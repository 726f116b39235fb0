import {
  areaOf,
  DOCTOR_CHECKS,
  type DoctorArea,
  type Evidence,
  type Finding,
  notKnown,
} from '@tandem/shared/domain/doctor/finding.ts';
import { type DoctorReport, doctorReport } from '@tandem/shared/domain/doctor/report.ts';
import { settingsFindings } from '@tandem/shared/domain/doctor/settings-findings.ts';
import { engineServer } from './engine-server.ts';
import { checkServer } from './perform.ts';
import { postgresqlServer, redisServer } from './servers.ts';
import type { DoctorSources } from './sources.ts';

/** Longer than any run takes: a first check (15 s), then the others side by side (15 s; the trial then has 35 s more). */
export const DOCTOR_LASTS_MS = 70_000;

const withoutSettings = (...areas: readonly DoctorArea[]): readonly Finding[] =>
  DOCTOR_CHECKS.filter((check) => areas.includes(areaOf(check))).map((check) =>
    notKnown(check, 'Its settings are missing or invalid.', 'Correct the settings.'),
  );

/**
 * Runs every check, side by side: each has a time-out of its own, and none ends the others. Writes nothing but, where the engine does not list
 * privileges, a scratch index and a scratch snapshot. No secret is in the report. Never rejects.
 */
export const runDoctor = async (sources: DoctorSources): Promise<DoctorReport> => {
  const { history, redis, engine, sleep, now } = sources;
  const startedAt = now();
  const findings = await Promise.all([
    settingsFindings(sources.settings, startedAt),
    history === undefined
      ? withoutSettings('postgresql', 'tandem')
      : checkServer(sleep, postgresqlServer(sources, history)),
    redis === undefined ? withoutSettings('redis') : checkServer(sleep, redisServer(sources, redis)),
    engine === undefined
      ? withoutSettings('engine', 'repository', 'optimize')
      : checkServer(sleep, engineServer(sources, engine)),
  ]);
  const shown = findings.flat().map((finding) => redacted(finding, sources.withoutSecrets));
  return doctorReport(shown, startedAt, now());
};

const redacted = (finding: Finding, withoutSecrets: (text: string) => string): Finding => ({
  ...finding,
  summary: withoutSecrets(finding.summary),
  remedy: finding.remedy && withoutSecrets(finding.remedy),
  evidence: evidenceWithout(finding.evidence, withoutSecrets),
});

const evidenceWithout = (evidence: Evidence, withoutSecrets: (text: string) => string): Evidence =>
  Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutSecrets(value) : Array.isArray(value) ? value.map(withoutSecrets) : value,
    ]),
  );
