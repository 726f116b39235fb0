import type { Backup, Progress } from '@tandem/shared/contract/backups.ts';
import type {
  BackupRecord,
  BackupState,
  FailedRehearsal,
  PartRecord,
  Proof,
  RepositoryCheck,
} from '@tandem/shared/domain/backup/backup.ts';
import { backupBytes } from '@tandem/shared/domain/backup/backup-bytes.ts';
import { shownPartState } from '@tandem/shared/domain/backup/state/shown-part.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { shownProof } from '@tandem/shared/domain/history/shown-proof.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { DeletionSummary, OperationSummary } from '@tandem/shared/domain/operation/operation.ts';
import { shownOwnership } from '@tandem/shared/domain/ownership/kept-ownership.ts';
import { unreadableIn } from '@tandem/shared/domain/restore/failed-rehearsal.ts';
import { holdAnswer } from '../../labels/hold-answer.ts';
import { lastTryAnswer } from '../../operations/operation-answer.ts';
import { reasonAnswer, reasonOrNull } from '../../operations/reason-answer.ts';

const iso = (date: Date | undefined): string | null => date?.toISOString() ?? null;

/** A backup as returned by /api/v1. `state` is the current fold; the record's own state is the last one seen. */
export const backupAnswer = (
  record: BackupRecord,
  state: BackupState,
  progress: Progress | undefined,
  asOf?: Date,
): Backup => ({
  backupId: record.backupId,
  state,
  stateSeenAt: record.stateSeenAt.toISOString(),
  asOf: iso(asOf),
  origin: record.origin,
  optimizeVersion: record.optimizeVersion,
  component: record.profile,
  clusterUuid: record.location.clusterUuid,
  repository: record.location.repository,
  repositoryUuid: record.location.repositoryUuid ?? null,
  requestedAt: record.requestedAt.toISOString(),
  endedAt: iso(record.endedAt),
  bytes: backupBytes(record.parts) ?? null,
  deletedAt: iso(record.deletedAt),
  failure: failureAnswer(state, record.failure),
  safetyOf: record.safetyOf ?? null,
  versionAssumed: record.versionAssumed,
  ownership: record.ownership === undefined ? null : shownOwnership(record.ownership),
  repositoryVerified: record.repositoryCheck?.verified ?? null,
  repositoryUnverified: unverifiedAnswer(record.repositoryCheck),
  parts: record.parts.map((part) => partAnswer(part, record.deletion)),
  create: refAnswer(record.create),
  deletion: refAnswer(record.deletion),
  ...lastTryAnswer(record),
  progress: progress ?? null,
  lastFullProof: proofAnswer(record.proof),
  lastPartialProof: proofAnswer(record.partialProof),
  failedRehearsal: failedRehearsalAnswer(record.failedRehearsal),
  labels: record.labels,
  note: record.note ?? null,
  hold: holdAnswer(record.hold),
});

const unverifiedAnswer = (check: RepositoryCheck | undefined): Backup['repositoryUnverified'] =>
  check === undefined || check.verified
    ? null
    : { reason: check.reason ?? 'It was not verified.', nodesLeft: [...(check.nodesLeft ?? [])] };

/** A create that was cancelled after every part had completed needs no explanation. */
export const failureAnswer = (state: BackupState, failure: Reason | undefined): Backup['failure'] =>
  state === 'COMPLETED' ? null : reasonOrNull(failure);

const proofAnswer = (proof: Proof | undefined): Backup['lastFullProof'] => {
  if (proof === undefined) return null;
  const counted = { totalIndices: null, unmeasured: null, unmeasuredIndices: null };
  return { ...counted, ...shownProof(proof) } as Backup['lastFullProof'];
};

const failedRehearsalAnswer = (failedRehearsal: FailedRehearsal | undefined): Backup['failedRehearsal'] => {
  if (failedRehearsal === undefined) return null;
  const unreadable = unreadableIn(failedRehearsal);
  return { ...failedAnswer(failedRehearsal), unreadable: unreadable === undefined ? null : failedAnswer(unreadable) };
};

const failedAnswer = ({ operationId, at, reason, only }: FailedRehearsal) => ({
  ...{ operationId, at, reason: reasonAnswer(reason) },
  ...omitUndefined({ only: only && [...only] }),
});

const refAnswer = (operation: Pick<OperationSummary, 'operationId' | 'state'> | undefined): Backup['create'] =>
  operation === undefined ? null : { operationId: operation.operationId, state: operation.state };

const partAnswer = (part: PartRecord, deletion: DeletionSummary | undefined): Backup['parts'][number] => ({
  number: part.number,
  of: part.of,
  snapshotName: part.snapshotName,
  state: shownPartState(part.state, deletion),
  uuid: part.uuid ?? null,
  indices: [...part.indices],
  startCount: part.starts,
  engineVersion: part.engineVersion ?? null,
  startedAt: iso(part.startedAt),
  endedAt: iso(part.endedAt),
  durationMs:
    part.startedAt === undefined || part.endedAt === undefined
      ? null
      : part.endedAt.getTime() - part.startedAt.getTime(),
  shards: part.shards ?? null,
  bytes: part.bytes ?? null,
  failures: [...part.failures],
  hasManifest: part.manifest?.after !== undefined,
  drift: driftAnswer(part.drift),
});

const driftAnswer = (drift: PartRecord['drift']): Backup['parts'][number]['drift'] =>
  drift === undefined ? null : { is: drift.is, uuid: drift.uuid ?? null, noticedAt: drift.noticedAt.toISOString() };
