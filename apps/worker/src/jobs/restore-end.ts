import type { OperationChange } from '@tandem/history/port.ts';
import { type Doubt, type PartRecord, type Proof, type Reason, takenParts } from '@tandem/shared/domain/backup.ts';
import { addedDoubt, remainingDoubt } from '@tandem/shared/domain/doubt.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import {
  type Ending,
  type RestoreReport,
  type RestoreStepName,
  type RestoreTask,
  readRestoreDetail,
  targetNames,
} from '@tandem/shared/domain/restore-memory.ts';
import type { GivenUpHandler } from './job.ts';
import type { RestoreJob, RestoreTick } from './restore.ts';
import { endedAs, givenUpReason, type Left, withAftermath } from './restore-aftermath.ts';
import { safetyAtEnd } from './restore-safety-check.ts';
import { remember, restoreAttempt, restoreEvent } from './restore-tick.ts';
import { elsewhereWords } from './same-cluster.ts';

/** From here on what was restored is taken back; the operation ends after that. */
export const failRestore = (
  tick: Omit<RestoreTick, 'tools' | 'seen'>,
  at: RestoreStepName,
  reason: Reason,
  more: { readonly report?: RestoreReport } = {},
): OperationChange => {
  const state = reason.code === 'RESTORE_STOPPED' ? 'CANCELLED' : 'FAILED';
  const said = { ...reason, data: { ...reason.data, step: at } };
  return {
    detail: {
      ...remember(tick, { ending: { state, at, reason: said }, step: 'take-back', absentSince: undefined }),
      ...more,
    },
    attempt: restoreAttempt(tick, undefined, said),
    events: [
      restoreEvent(tick, 'step', {
        reason: reason.message,
        after: { step: 'take-back', failedAt: at, code: reason.code },
      }),
    ],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};

/**
 * Tries are spent: what was restored is rolled back first, with tries of its own. When those are spent too, or those for the blocks of a
 * restore that went well, it ends and names what is there. What a rehearsal found of the backup by then remains true.
 */
export const givenUpRestore =
  (job: RestoreJob): GivenUpHandler =>
  async (operation, reason) => {
    const detail = readRestoreDetail(operation.detail);
    const known = { job, operation, detail };
    if (detail.memory.ending === undefined) return failRestore(known, detail.memory.step, reason);
    const { ending } = detail.memory;
    const { failure, left } = givenUpReason(detail, ending, reason, await safetyAtEnd(known));
    const evidence = detail.task.copy ? evidenceOf(known, { state: 'FAILED' }, ending.reason) : {};
    return {
      detail: FORGOTTEN,
      attempt: restoreAttempt(known, undefined, reason),
      events: [endEvent(known, 'FAILED', failure, left)],
      outcome: { do: 'end', state: 'FAILED', failure, ...evidence },
    };
  };

/** A retry begins from the start, and is not stopped by whoever stopped the run before. */
const FORGOTTEN = { memory: null, restored: null, stop: null };

const words = { SUCCEEDED: 'completed', FAILED: 'failed', CANCELLED: 'cancelled' } as const;

export const endRestore = async (tick: RestoreTick, left: Left): Promise<OperationChange> => {
  const { detail } = tick;
  const ending = endedAs(detail.memory.ending ?? { state: 'SUCCEEDED', at: 'done', reason: undefined }, left);
  const failure =
    ending.reason === undefined ? undefined : withAftermath(detail, ending.reason, left, await safetyAtEnd(tick));
  const evidence = detail.task.copy ? evidenceOf(tick, ending, failure) : {};
  const names = left.indices.map(({ name }) => name);
  return {
    detail: ending.state === 'FAILED' ? FORGOTTEN : remember(tick, { step: 'done' }),
    events: [endEvent(tick, ending.state, failure, names, evidence)],
    ...(ending.state === 'SUCCEEDED' ? { attempt: restoreAttempt(tick, undefined, undefined) } : {}),
    outcome: {
      do: 'end',
      state: ending.state,
      ...(failure === undefined ? {} : { failure }),
      ...evidence,
    },
  };
};

/** It was stopped while its cluster is out of reach: the one that answers gets no call, and the reason says what is left in the other. */
export const leaveElsewhere = (tick: Omit<RestoreTick, 'tools' | 'seen'>, found: string): OperationChange => {
  const { task, memory, stop } = tick.detail;
  const sent = task.parts.filter(({ number }) => memory.parts[number] !== undefined);
  const names = targetNames(sent);
  const deleted = memory.deleted ? `${task.deletes.length} indices had been deleted before. ` : '';
  const left =
    names.length === 0
      ? 'Nothing had been restored.'
      : `What was restored is left there, blocked for writing where it is in place: ${nameList(names)}.`;
  const why = stop?.reason === undefined ? '' : ` (${stop.reason})`;
  const failure = {
    code: 'CLUSTER_CHANGED',
    message: `It was cancelled${why}. ${elsewhereWords(task.clusterUuid, found)} Nothing was sent to the engine. ${deleted}${left}`,
    data: {
      expected: task.clusterUuid,
      found,
      step: memory.step,
      left: names,
      safetyBackupId: task.safetyBackupId ?? null,
    },
  };
  return {
    detail: remember(tick, { step: 'done' }),
    events: [endEvent(tick, 'CANCELLED', failure, names)],
    attempt: restoreAttempt(tick, undefined, failure),
    outcome: { do: 'end', state: 'CANCELLED', failure },
  };
};

type Evidence = Pick<
  Extract<OperationChange['outcome'], { do: 'end' }>,
  'proof' | 'partialProof' | 'doubt' | 'endsDoubt'
>;

const endEvent = (
  tick: Omit<RestoreTick, 'tools' | 'seen'>,
  state: Ending['state'],
  failure: Reason | undefined,
  left: readonly string[],
  { proof, partialProof }: Evidence = {},
) =>
  restoreEvent(tick, words[state], {
    ...(failure === undefined ? {} : { reason: failure.message }),
    after: {
      ...summary(tick.detail.report),
      ...(failure === undefined ? {} : { code: failure.code, step: failure.data.step }),
      left,
      ...(proof === undefined ? {} : { proof }),
      ...(partialProof === undefined ? {} : { partialProof }),
    },
  });

const summary = (report: Partial<RestoreReport> | undefined) =>
  report === undefined
    ? {}
    : {
        indices: report.indices,
        documents: report.documents,
        bytes: report.bytes,
        milliseconds: report.milliseconds,
        differing: report.differing,
      };

const evidenceOf = (
  { operation, detail }: Pick<RestoreTick, 'operation' | 'detail'>,
  { state }: Pick<Ending, 'state'>,
  failure: Reason | undefined,
): Evidence => {
  const { operationId, now, backup } = operation;
  const { report, task } = detail;
  const seen = { operationId, at: now.toISOString() };
  if (state === 'SUCCEEDED' && report?.compared !== undefined) {
    const proof = proofOf(seen, report, task, takenParts(backup.parts));
    return { ...(proof.whole ? { proof } : { partialProof: proof }), ...doubtAfter(backup.doubt, task.only) };
  }
  // what was in the way, or stopped by an operator, says nothing about the backup
  const isAboutBackup = failure !== undefined && saysOfBackup.has(failure.code);
  const only = task.only === undefined ? {} : { only: task.only };
  return isAboutBackup ? { doubt: addedDoubt(backup.doubt, { ...seen, reason: failure, ...only }) } : {};
};

const doubtAfter = (doubt: Doubt | undefined, only: RestoreTask['only']): Pick<Evidence, 'doubt' | 'endsDoubt'> => {
  const left = doubt && remainingDoubt(doubt, only);
  if (left === doubt) return {};
  return left === undefined ? { endsDoubt: true } : { doubt: left };
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

const saysOfBackup: ReadonlySet<string> = new Set([
  'RESTORE_DIFFERS',
  'RESTORE_SHARDS_FAILED',
  'RESTORE_REFUSED',
  'SNAPSHOT_NOT_FOUND',
  'INDEX_NOT_FOUND',
]);
