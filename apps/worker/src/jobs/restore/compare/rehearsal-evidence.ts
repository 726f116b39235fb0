import type { Evidence } from '@tandem/history/ports/ledger.ts';
import { type FailedRehearsal, type PartRecord, type Proof, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import type { FailureCode } from '@tandem/shared/domain/failure/failures.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { addedFailedRehearsal, remainingFailedRehearsal } from '@tandem/shared/domain/restore/failed-rehearsal.ts';
import type { RestoreReport, RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { RestoreTick } from '../context.ts';

type Known = Pick<RestoreTick, 'operation' | 'detail'>;

/** The proof as an event payload: one of the two. */
export type Proven = Pick<Evidence, 'proof' | 'partialProof'>;

/** The proof of a successful rehearsal. It is recorded at once: removing the copies takes a while, may fail, and says nothing about the backup. */
export const proofBy = (
  { operation, detail }: Known,
  report: Partial<RestoreReport>,
): { proven: Proven; evidence: Evidence } => {
  const { operationId, now, backup } = operation;
  const { task } = detail;
  const proof = proofOf({ operationId, at: now.toISOString() }, report, task, takenParts(backup.parts));
  const proven = proof.whole ? { proof } : { partialProof: proof };
  return { proven, evidence: { ...proven, ...failedRehearsalAfter(backup.failedRehearsal, task.only) } };
};

/** The proof that the last event repeats. For a rehearsal that a worker of an earlier version compared, it is recorded now. */
export const provenAtEnd = (known: Known): { proven: Proven; evidence?: Evidence } => {
  const { operation, detail } = known;
  const { report, task } = detail;
  if (!task.copy || report?.compared === undefined) return { proven: {} };
  const { proven, evidence } = proofBy(known, report);
  const field = proven.proof === undefined ? 'partialProof' : 'proof';
  const kept = operation.backup[field];
  return kept?.operationId === operation.operationId ? { proven: { [field]: kept } } : { proven, evidence };
};

/** The failed rehearsal as part of a change; nothing if the failure was not caused by the backup. */
export const failedRehearsalOf = (
  { operation, detail }: Known,
  reason: Reason | undefined,
): { evidence?: Evidence } => {
  const { task } = detail;
  if (!task.copy || reason === undefined || !ABOUT_BACKUP.has(reason.code)) return {};
  const { operationId, now, backup } = operation;
  const only = omitUndefined({ only: task.only });
  return {
    evidence: {
      failedRehearsal: addedFailedRehearsal(backup.failedRehearsal, {
        operationId,
        at: now.toISOString(),
        reason,
        ...only,
      }),
    },
  };
};

/** For the end of a rehearsal that a worker of an earlier version compared. */
export const failedRehearsalUnlessKept = (known: Known, reason: Reason | undefined): { evidence?: Evidence } => {
  const { operationId, backup } = known.operation;
  return known.detail.task.copy && backup.failedRehearsal?.operationId !== operationId
    ? failedRehearsalOf(known, reason)
    : {};
};

const ABOUT_BACKUP: ReadonlySet<string> = new Set([
  'RESTORE_DIFFERS',
  'RESTORE_SHARDS_FAILED',
  'RESTORE_REFUSED',
  'SNAPSHOT_NOT_FOUND',
  'INDEX_NOT_FOUND',
] satisfies readonly FailureCode[]);

const failedRehearsalAfter = (
  failedRehearsal: FailedRehearsal | undefined,
  only: RestoreTask['only'],
): Pick<Evidence, 'failedRehearsal' | 'endsFailedRehearsal'> => {
  const left = failedRehearsal && remainingFailedRehearsal(failedRehearsal, only);
  if (left === failedRehearsal) return {};
  return left === undefined ? { endsFailedRehearsal: true } : { failedRehearsal: left };
};

const proofOf = (
  seen: Pick<Proof, 'operationId' | 'at'>,
  report: Partial<RestoreReport>,
  task: RestoreTask,
  parts: readonly PartRecord[],
): Proof => {
  const ofIndices = parts.reduce((sum, { indices }) => sum + indices.length, 0);
  const isAll = task.only === undefined && task.notRestored.length === 0;
  return {
    ...seen,
    milliseconds: report.milliseconds ?? 0,
    whole: isAll && report.unmeasuredIndices === 0,
    indices: report.indices ?? 0,
    ofIndices,
    documents: report.documents ?? 0,
    bytes: report.bytes ?? 0,
    compared: report.compared ?? [],
    aspects: report.aspects ?? {},
    unmeasured: report.unmeasured ?? [],
    unmeasuredIndices: report.unmeasuredIndices ?? 0,
  };
};
