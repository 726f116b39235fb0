import type { OperationChange } from '@tandem/history/port.ts';
import type { Doubt, Proof, Reason } from '@tandem/shared/domain/backup.ts';
import {
  type Ending,
  type RestoredUuids,
  type RestoreReport,
  type RestoreStepName,
  readRestoreDetail,
} from '@tandem/shared/domain/restore-memory.ts';
import type { RestoreStep } from '@tandem/shared/domain/restore-step.ts';
import type { GivenUpHandler } from './job.ts';
import type { RestoreJob, RestoreTick } from './restore.ts';
import { indexRemovedEvent, remember, restoreAttempt, restoreEvent } from './restore-tick.ts';

/** From here on what was restored is taken back; the operation ends after that. */
export const failRestore = (
  tick: Omit<RestoreTick, 'tools'>,
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

/** Tries are spent: what was restored is taken back first, with tries of its own. Undefined: that was what failed. */
export const givenUpRestore =
  (job: RestoreJob): GivenUpHandler =>
  (operation, reason) => {
    const detail = readRestoreDetail(operation.detail);
    if (detail.memory.ending !== undefined) return undefined;
    return failRestore({ job, operation, detail }, detail.memory.step, reason);
  };

/** Their uuids were compared at the look that this tick began with. */
export const takeBack = async (tick: RestoreTick, remove: RestoredUuids): Promise<OperationChange> => {
  const { job, detail, tools } = tick;
  const names = Object.keys(remove);
  await tools.record({
    detail: { ...remember(tick, { absentSince: undefined }), restored: { ...detail.restored, ...remove } },
  });
  tools.assertHeld();
  await job.engine.deleteIndices(names);
  const why = detail.task.copy
    ? 'a rehearsal takes back what it restored'
    : 'the restore did not end well, and takes back what it restored';
  return { events: [indexRemovedEvent(tick, names, why)], tries: 'progress', outcome: { do: 'wait', inMs: 0 } };
};

export const waitQuiet = (
  tick: RestoreTick,
  { absentSince, inMs }: Extract<RestoreStep, { step: 'quiet' }>,
): OperationChange => ({
  detail: remember(tick, { absentSince: absentSince.toISOString() }),
  tries: 'progress',
  outcome: { do: 'wait', inMs },
});

const words = { SUCCEEDED: 'completed', FAILED: 'failed', CANCELLED: 'cancelled' } as const;

export const endRestore = (tick: RestoreTick, left: readonly string[]): OperationChange => {
  const { detail } = tick;
  const ending: Ending = detail.memory.ending ?? { state: 'SUCCEEDED', at: 'done', reason: undefined };
  const failure = ending.reason === undefined ? undefined : withAftermath(tick, ending.reason, left);
  const evidence = detail.task.copy ? evidenceOf(tick, ending, failure) : {};
  return {
    // a retry begins anew, and is not stopped by who stopped the run before
    ...(ending.state === 'FAILED'
      ? { detail: { memory: null, restored: null, stop: null } }
      : { detail: remember(tick, { step: 'done' }) }),
    events: [
      restoreEvent(tick, words[ending.state], {
        ...(failure === undefined ? {} : { reason: failure.message }),
        after: {
          ...summary(detail.report),
          ...(failure === undefined ? {} : { code: failure.code, step: ending.at }),
          left,
        },
      }),
    ],
    ...(ending.state === 'SUCCEEDED' ? { attempt: restoreAttempt(tick, undefined, undefined) } : {}),
    outcome: {
      do: 'end',
      state: ending.state,
      ...(failure === undefined ? {} : { failure }),
      ...evidence,
    },
  };
};

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

/** What became of what was there, and what a person can do. */
const withAftermath = ({ detail }: RestoreTick, reason: Reason, left: readonly string[]): Reason => {
  const { task, memory } = detail;
  const sent = Object.keys(memory.parts).length > 0;
  const kept = sent && !task.rollBack && !task.copy;
  const lines = [
    kept ? 'What was restored was left in the engine, as asked.' : undefined,
    sent && !kept ? 'What was restored was taken back.' : undefined,
    left.length > 0
      ? `Left alone, since it is not provably of this restore: ${left.slice(0, 20).join(', ')}.`
      : undefined,
    memory.deleted && task.safetyBackupId !== undefined
      ? `What was there before is in backup ${task.safetyBackupId}: restore that one to have it back.`
      : undefined,
  ].filter((line) => line !== undefined);
  return {
    ...reason,
    message: [reason.message, ...lines].join(' '),
    data: {
      ...reason.data,
      left,
      rolledBack: sent && !kept,
      safetyBackupId: memory.deleted ? (task.safetyBackupId ?? null) : null,
    },
  };
};

const evidenceOf = (
  { operation, detail }: RestoreTick,
  { state }: Ending,
  failure: Reason | undefined,
): { readonly proof?: Proof; readonly doubt?: Doubt } => {
  const { operationId, now } = operation;
  const { report, task } = detail;
  const seen = { operationId, at: now.toISOString() };
  if (state === 'SUCCEEDED' && report?.compared !== undefined) {
    return {
      proof: {
        ...seen,
        milliseconds: report.milliseconds ?? 0,
        whole: task.only === undefined,
        indices: report.indices ?? 0,
        documents: report.documents ?? 0,
        bytes: report.bytes ?? 0,
        compared: report.compared,
      },
    };
  }
  // what was in the way, or stopped by a person, says nothing about the backup
  const isAboutBackup = failure !== undefined && saysOfBackup.has(failure.code);
  return isAboutBackup ? { doubt: { ...seen, reason: failure } } : {};
};

const saysOfBackup: ReadonlySet<string> = new Set([
  'RESTORE_DIFFERS',
  'RESTORE_SHARDS_FAILED',
  'RESTORE_REFUSED',
  'SNAPSHOT_NOT_FOUND',
  'INDEX_NOT_FOUND',
]);
