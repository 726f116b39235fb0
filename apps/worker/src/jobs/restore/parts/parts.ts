import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { eachIndex } from '@tandem/planning/manifests/each-index.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { nextPollInMs } from '@tandem/shared/domain/failure/poll-schedule.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { ignoredSettings, partRestoredAs } from '@tandem/shared/domain/restore/manifest/restored-settings.ts';
import {
  partKey,
  type RestoredUuids,
  type RestoreMemory,
  type RestorePart,
  targetNames,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { SeenIndex } from '@tandem/shared/domain/restore/run/restoring.ts';
import { RESTORED_BLOCKED } from '@tandem/shared/domain/restore/run/write-block.ts';
import { logReference, reasonOf } from '../../../failed-try.ts';
import type { RestoreTick } from '../context.ts';
import { failRestore } from '../end/end.ts';
import { operationsIn } from '../observe.ts';
import { elapsedMs, remember, restoreAttempt, restoreEvent } from '../restore-records.ts';
import { optimizeAnswers, optimizeAt } from '../running-optimize.ts';

const nothingElse = { tries: 'progress', outcome: { do: 'wait', inMs: 0 } } as const;

/** Checks again for blockers, records the intent, and sends the restore of one part. */
export const send = async (tick: RestoreTick, part: RestorePart): Promise<OperationChange> => {
  const { job, operation, detail, tools } = tick;
  const { present, inTheWay } = await newBlocker(tick, part);
  // sent before, and appeared after the read at the start of this tick: the next read shows whether they belong to it
  if (present && detail.memory.parts[partKey(part)] !== undefined) return nothingElse;
  if (inTheWay !== undefined) return failRestore(tick, 'parts', inTheWay);
  const isBlocked = detail.task.inPlace;
  const parts = (progress: 'sending' | 'accepted') => ({
    step: 'parts' as const,
    blocked: isBlocked ? [...new Set([...detail.memory.blocked, part.number])] : detail.memory.blocked,
    sentAt: detail.memory.sentAt ?? operation.now.toISOString(),
    missed: false,
    deleting: false,
    written: true,
    absentSince: undefined,
    parts: { ...detail.memory.parts, [partKey(part)]: progress },
  });
  await tools.record({
    // the indices under these names are gone
    detail: { ...remember(tick, parts('sending')), restored: without(detail.restored, part) },
    events: [
      restoreEvent(tick, 'step', {
        after: {
          step: 'part',
          part: part.number,
          snapshot: part.snapshot,
          ...(part.withoutAliases ? { withoutAliases: true } : {}),
        },
      }),
    ],
  });
  try {
    await job.engine.startRestore({
      repository: operation.backup.location.repository,
      snapshot: part.snapshot,
      indices: part.indices.map(({ index }) => index),
      rename: detail.task.rename,
      as: partRestoredAs(detail.task, part),
      ...(isBlocked ? RESTORED_BLOCKED : {}),
      ignoreSettings: ignoredSettings(detail.task),
    });
  } catch (error) {
    if (!isFinal(error)) throw error;
    return failRestore(
      { ...tick, detail: { ...detail, memory: { ...detail.memory, ...parts('sending') } } },
      'parts',
      reasonOf(error, logReference(operation)),
    );
  }
  return { detail: remember(tick, parts('accepted')), outcome: { do: 'wait', inMs: job.polling.minMs } };
};

const without = (restored: RestoredUuids, part: RestorePart): RestoredUuids => {
  const names = new Set(targetNames([part]));
  return Object.fromEntries(Object.entries(restored).filter(([name]) => !names.has(name)));
};

/** Failures that a retry cannot resolve. */
const isFinal = (error: unknown): boolean =>
  isFailure(error, 'RESTORE_REFUSED', 'SNAPSHOT_NOT_FOUND', 'INDEX_NOT_FOUND', 'ENGINE_REFUSED');

/** Blockers that may have appeared since the plan. The target names must be absent now, since indices with these names may be rolled back later. */
const newBlocker = async (
  { job, operation, detail }: RestoreTick,
  part: RestorePart,
): Promise<{ readonly present: boolean; readonly inTheWay: Reason | undefined }> => {
  const { repository } = operation.backup.location;
  const [present, snapshots, running, answersAt] = await Promise.all([
    job.engine.indexRecoveries(targetNames([part])),
    job.engine.findSnapshots(repository, [part.snapshot]),
    job.engine.runningSnapshots(),
    optimizeAt({ job, detail }),
  ]);
  const targets = new Set(targetNames(detail.task.parts));
  // where the engine does not report them, the plan was made without deletions
  const touching = (running ?? []).filter(({ indices }) => indices.some((index) => targets.has(index)));
  const reasons = [
    answersAt === undefined ? undefined : optimizeAnswers(answersAt),
    present.length === 0
      ? undefined
      : blocked(
          'INDICES_PRESENT',
          present.map(({ name }) => name),
          'Indices appeared under the target names.',
        ),
    snapshots[0]?.uuid === part.uuid
      ? undefined
      : blocked('PART_REPLACED', [part.snapshot], 'The snapshot was deleted or re-created since the plan.'),
    touching.length === 0
      ? undefined
      : blocked(
          'SNAPSHOT_RUNNING',
          touching.map(({ name }) => name),
          'Snapshots of those indices are being made.',
        ),
  ];
  return { present: present.length > 0, inTheWay: reasons.find((reason) => reason !== undefined) };
};

const blocked = (code: string, found: readonly string[], words: string): Reason => ({
  code: 'RESTORE_BLOCKED',
  message: `${words} ${nameList(found)}`,
  data: { blockers: [{ code, ...cutList('found', found) }] },
});

export const adopt = ({ detail }: RestoreTick, uuids: RestoredUuids): OperationChange => ({
  detail: { restored: { ...detail.restored, ...uuids } },
  ...nothingElse,
});

/** Indices that cannot be measured yet are measured at the next poll. */
export const follow = async (tick: RestoreTick, measure: readonly SeenIndex[]): Promise<OperationChange> => {
  const operations = await operationsNow(tick, measure);
  return {
    ...(Object.keys(operations).length === 0 ? {} : { detail: withOperations(tick, operations, {}) }),
    tries: 'progress',
    outcome: { do: 'wait', inMs: nextPollInMs(tick.job.polling, elapsedMs(tick)) },
  };
};

/** Indices that could not be measured by now stay unmeasured: the comparison lists them. */
export const partDone = async (
  tick: RestoreTick,
  part: RestorePart,
  measure: readonly SeenIndex[],
): Promise<OperationChange> => {
  const unmeasured = Object.fromEntries(measure.map(({ uuid }) => [uuid, null]));
  const operations = { ...unmeasured, ...(await operationsNow(tick, measure)) };
  const parts = { ...tick.detail.memory.parts, [partKey(part)]: 'done' as const };
  return {
    detail: withOperations(tick, operations, { parts, missed: false }),
    attempt: restoreAttempt(tick, part.number, undefined),
    ...nothingElse,
  };
};

/** By uuid: the baseline for the measurement before a deletion. */
const operationsNow = async (
  { job }: RestoreTick,
  indices: readonly SeenIndex[],
): Promise<Readonly<Record<string, number>>> => {
  const names = indices.map(({ name }) => name);
  const { found } = await eachIndex(names, (some) => job.engine.measureIndices(some, 'operations-last'));
  const now = operationsIn(found);
  return Object.fromEntries(
    indices.flatMap(({ name, uuid }) => {
      const operations = now.get(name);
      return operations === undefined ? [] : [[uuid, operations]];
    }),
  );
};

const withOperations = (tick: RestoreTick, found: RestoreMemory['operations'], change: Partial<RestoreMemory>) =>
  remember(tick, { ...change, operations: { ...tick.detail.memory.operations, ...found } });

export const recheck = (tick: RestoreTick): OperationChange => ({
  detail: remember(tick, { missed: true }),
  outcome: { do: 'wait', inMs: tick.job.polling.maxMs },
});
