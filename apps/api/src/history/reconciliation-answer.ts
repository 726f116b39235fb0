import type { ReconciliationRecord } from '@tandem/history/ports/reconciliation.ts';
import type { Reconciliation, ReconciliationFigures } from '@tandem/shared/contract/reconciliation.ts';
import type { PresenceCounts, ReconciliationResult } from '@tandem/shared/domain/reconciliation/reconciliation.ts';

export const reconciliationAnswer = (record: ReconciliationRecord): Reconciliation => ({
  reconciliationId: record.id,
  state: record.endedAt !== undefined ? 'ENDED' : record.startedAt !== undefined ? 'RUNNING' : 'QUEUED',
  trigger: record.trigger,
  requestedAt: record.requestedAt.toISOString(),
  actor: record.actor,
  requestId: record.requestId ?? null,
  startedAt: record.startedAt?.toISOString() ?? null,
  endedAt: record.endedAt?.toISOString() ?? null,
  complete: record.complete,
  figures: record.result === undefined ? null : figuresOf(record.result),
});

const figuresOf = ({
  changed,
  discovered,
  unverified,
  repositories,
  parts: counted,
  ...counts
}: ReconciliationResult): ReconciliationFigures => ({
  ...counts,
  parts: countsOf(counted),
  changed: changed.map((backup) => ({ ...backup, parts: [...backup.parts] })),
  discovered: [...discovered],
  unverified: [...unverified],
  repositories: repositories.map(({ clusterUuid, repositoryUuid, unread, parts, ...repository }) => ({
    ...repository,
    parts: countsOf(parts),
    clusterUuid: clusterUuid ?? null,
    repositoryUuid: repositoryUuid ?? null,
    unread: unread ?? null,
  })),
});

const countsOf = (parts: PresenceCounts): ReconciliationFigures['parts'] => ({ ...parts, unread: parts.unread ?? 0 });
