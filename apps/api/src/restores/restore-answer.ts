import type { AttemptRecord } from '@tandem/history/ports/operations.ts';
import type { RestoreKind, RestoreRecord } from '@tandem/history/ports/restores.ts';
import type { RestoreState } from '@tandem/shared/contract/choices.ts';
import type { Restore, RestoreProgress, RestoreWithProgress } from '@tandem/shared/contract/restores.ts';
import { shownProof } from '@tandem/shared/domain/history/shown-proof.ts';
import { shownStep } from '@tandem/shared/domain/history/stored-names.ts';
import type { OperationState } from '@tandem/shared/domain/operation/operation.ts';
import {
  RESTORE_STEPS,
  type RestoreStepName,
  readRestoreDetail,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { currentStep } from '@tandem/shared/domain/restore/run/restore-step.ts';
import { attemptAnswer, lastTryAnswer, suspensionAnswer, waitingAnswer } from '../operations/operation-answer.ts';
import { reasonOrNull } from '../operations/reason-answer.ts';

const states: Readonly<Record<OperationState, RestoreState>> = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  WAITING: 'RUNNING',
  SUSPENDED: 'SUSPENDED',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
};

/** Between its ticks the operation is WAITING; clients see RUNNING. */
export const restoreState = (state: OperationState): RestoreState => states[state];

/** The operation states that are shown as one of `states`. */
export const operationStates = (requested: readonly RestoreState[]): readonly OperationState[] =>
  (Object.keys(states) as OperationState[]).filter((state) => requested.includes(states[state]));

/** As returned by /api/v1. */
export const restoreAnswer = (record: RestoreRecord): Restore => {
  const { task, reason, report, stop } = readRestoreDetail(record.detail);
  const kind = record.kind as RestoreKind;
  const { rename, acceptVersion, safetyBackupId } = task;
  return {
    operationId: record.operationId,
    kind,
    state: restoreState(record.state),
    backupId: record.backupId,
    optimizeVersion: record.optimizeVersion,
    repository: record.repository,
    step: shownStep(stepOf(record)),
    requestedAt: record.requestedAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
    actor: record.actor,
    requestId: record.requestId ?? null,
    reason: reason ?? null,
    target: rename === undefined ? null : { renamePattern: rename.pattern, renameReplacement: rename.replacement },
    indices: task.parts.reduce((count, { indices }) => count + indices.length, 0),
    chosenIndices: task.copy ? null : (task.only ?? null),
    acceptInconsistent: task.acceptInconsistent === true,
    skippedParts: task.skippedParts ?? [],
    deleteExisting: task.deleteExisting,
    deletes: task.deletes.length,
    deleteUnknown: task.deleteUnknown,
    keepUnknown: task.keepUnknown,
    acceptVersion: acceptVersion ?? null,
    acceptFailedRehearsal: task.acceptFailedRehearsal === true,
    acceptUnknownVersions: task.acceptUnknownVersions === true,
    dropAllocation: task.copy || task.dropAllocation === true,
    rollback: task.rollback,
    restoreTemplates: task.restoreTemplates,
    safetyBackupId: safetyBackupId ?? null,
    planHash: task.planHash,
    stopReason: stop?.reason ?? null,
    attemptCount: record.attempts,
    failure: reasonOrNull(record.failure),
    ...lastTryAnswer(record),
    suspension: suspensionAnswer(record),
    report: report === undefined ? null : shownProof(report),
  };
};

/** Its memory is cleared when it fails: the failure contains the step. */
const stepOf = ({ state, failure, detail }: RestoreRecord): RestoreStepName => {
  if (state !== 'FAILED' && state !== 'CANCELLED') return currentStep(readRestoreDetail(detail));
  return RESTORE_STEPS.find((step) => step === failure?.data.step) ?? 'preflight';
};

export const restoreWithProgress = (
  record: RestoreRecord,
  progress: RestoreProgress | undefined,
  attempts: readonly AttemptRecord[],
): RestoreWithProgress => ({
  ...restoreAnswer(record),
  progress: progress ?? null,
  waiting: waitingAnswer(record),
  attempts: attempts.map(attemptAnswer),
});
