import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import {
  type Ending,
  partKey,
  type RestoreReport,
  type RestoreStepName,
  readRestoreDetail,
  targetNames,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { restoredSelection } from '@tandem/shared/domain/restore/run/restored-selection.ts';
import type { ExhaustedHandler } from '../../job.ts';
import { elsewhereWords } from '../../same-cluster.ts';
import {
  failedRehearsalOf,
  failedRehearsalUnlessKept,
  type Proven,
  provenAtEnd,
} from '../compare/rehearsal-evidence.ts';
import type { RestoreJob, RestoreTick } from '../context.ts';
import { remember, restoreAttempt, restoreEvent } from '../restore-records.ts';
import { safetyAtEnd } from '../safety/safety-check.ts';
import { endedAs, exhaustedReason, type Left, withAftermath } from './aftermath.ts';

/** From here on the restored indices are rolled back; then the operation ends. */
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
    ...failedRehearsalOf(tick, said),
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
 * When retries are exhausted, the restored indices are rolled back first, with retries of its own. When these are exhausted too, or those for
 * the blocks of a successful restore, it ends and lists the remaining indices.
 */
export const exhaustedRestore =
  (job: RestoreJob): ExhaustedHandler =>
  async (operation, reason) => {
    const detail = readRestoreDetail(operation.detail);
    const known = { job, operation, detail };
    if (detail.memory.ending === undefined) return failRestore(known, detail.memory.step, reason);
    const { ending } = detail.memory;
    const { failure, left } = exhaustedReason(detail, ending, reason, await safetyAtEnd(known));
    return {
      detail: FORGOTTEN,
      attempt: restoreAttempt(known, undefined, reason),
      events: [endEvent(known, 'FAILED', failure, left)],
      ...failedRehearsalUnlessKept(known, ending.reason),
      outcome: { do: 'end', state: 'FAILED', failure },
    };
  };

/** A retry starts over, without the stop request of the previous run. */
const FORGOTTEN = { memory: null, restored: null, stop: null };

const words = { SUCCEEDED: 'completed', FAILED: 'failed', CANCELLED: 'cancelled' } as const;

export const endRestore = async (tick: RestoreTick, left: Left): Promise<OperationChange> => {
  const { detail } = tick;
  const ending = endedAs(detail.memory.ending ?? { state: 'SUCCEEDED', at: 'done', reason: undefined }, left);
  const failure =
    ending.reason === undefined ? undefined : withAftermath(detail, ending.reason, left, await safetyAtEnd(tick));
  const names = left.indices.map(({ name }) => name);
  if (ending.state === 'SUCCEEDED') {
    const { proven, evidence } = provenAtEnd(tick);
    return {
      detail: remember(tick, { step: 'done' }),
      events: [endEvent(tick, ending.state, failure, names, proven)],
      attempt: restoreAttempt(tick, undefined, undefined),
      ...omitUndefined({ evidence }),
      outcome: { do: 'end', state: ending.state, ...omitUndefined({ failure }) },
    };
  }
  return {
    detail: ending.state === 'FAILED' ? FORGOTTEN : remember(tick, { step: 'done' }),
    events: [endEvent(tick, ending.state, failure, names)],
    ...failedRehearsalUnlessKept(tick, ending.reason),
    outcome: { do: 'end', state: ending.state, ...omitUndefined({ failure }) },
  };
};

/**
 * For a restore that is stopped while its cluster is unreachable: the cluster that responds gets no call, and the reason lists what is left in
 * the other.
 */
export const leaveElsewhere = (tick: Omit<RestoreTick, 'tools' | 'seen'>, found: string): OperationChange => {
  const { task, memory, stop } = tick.detail;
  const sent = task.parts.filter((part) => memory.parts[partKey(part)] !== undefined);
  const names = targetNames(sent);
  const deleted = memory.deleted ? `${task.deletes.length} indices had been deleted before. ` : '';
  const left =
    names.length === 0
      ? 'Nothing had been restored.'
      : `The restored indices are left there, blocked for writing if restored in place: ${nameList(names)}.`;
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

const endEvent = (
  tick: Omit<RestoreTick, 'tools' | 'seen'>,
  state: Ending['state'],
  failure: Reason | undefined,
  left: readonly string[],
  proven: Proven = {},
) =>
  restoreEvent(tick, words[state], {
    ...omitUndefined({ reason: failure?.message }),
    after: {
      ...summary(tick.detail.report),
      ...omitUndefined({ selection: restoredSelection(tick.detail.task) }),
      ...(failure === undefined ? {} : { code: failure.code, step: failure.data.step }),
      left,
      ...proven,
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
