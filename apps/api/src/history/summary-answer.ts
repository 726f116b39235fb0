import type { BackupSummary as SummaryRecord } from '@tandem/history/ports/search.ts';
import type { BackupSummary } from '@tandem/shared/contract/audit.ts';
import { backupBytes } from '@tandem/shared/domain/backup/backup-bytes.ts';
import { shownPartState } from '@tandem/shared/domain/backup/state/shown-part.ts';
import { failureAnswer } from '../backups/read/backup-answer.ts';
import { holdAnswer } from '../labels/hold-answer.ts';

const iso = (date: Date | undefined): string | null => date?.toISOString() ?? null;

/** A backup as listed by /api/v1. */
export const summaryAnswer = (summary: SummaryRecord): BackupSummary => ({
  backupId: summary.backupId,
  state: summary.state,
  stateSeenAt: summary.stateSeenAt.toISOString(),
  origin: summary.origin,
  optimizeVersion: summary.optimizeVersion,
  component: summary.profile,
  clusterUuid: summary.location.clusterUuid,
  repository: summary.location.repository,
  repositoryUuid: summary.location.repositoryUuid ?? null,
  requestedAt: summary.requestedAt.toISOString(),
  actor: summary.requestedBy,
  endedAt: iso(summary.endedAt),
  durationMs: summary.endedAt === undefined ? null : summary.endedAt.getTime() - summary.requestedAt.getTime(),
  bytes: backupBytes(summary.parts) ?? null,
  deletedAt: iso(summary.deletedAt),
  failure: failureAnswer(summary.state, summary.failure),
  safetyOf: summary.safetyOf ?? null,
  versionAssumed: summary.versionAssumed,
  repositoryVerified: summary.repositoryVerified ?? null,
  lastProvenAt: iso(summary.provenAt),
  labels: summary.labels,
  note: summary.note ?? null,
  hold: holdAnswer(summary.hold),
  parts: summary.parts.map((part) => ({
    ...part,
    state: shownPartState(part.state, summary.deletion),
    uuid: part.uuid ?? null,
    bytes: part.bytes ?? null,
  })),
});
