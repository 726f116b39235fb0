import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { eachIndex } from '@tandem/planning/manifests/each-index.ts';
import type { Reason } from '@tandem/shared/domain/backup/backup.ts';
import { cutList } from '@tandem/shared/domain/cut-list.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { nextPollInMs } from '@tandem/shared/domain/failure/poll-schedule.ts';
import { nameList } from '@tandem/shared/domain/name-list.ts';
import { ignoredSettings, restoredAs } from '@tandem/shared/domain/restore/manifest/restored-settings.ts';
import {
  type RestoredUuids,
  type RestoreMemory,
  type RestorePart,
  targetNames,
} from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { SeenIndex } from '@tandem/shared/domain/restore/run/restoring.ts';
import { RESTORED_BLOCKED } from '@tandem/shared/domain/restore/run/write-block.ts';
import { logReference, reasonOf } from '../../../failed-try.ts';
import { optimizeAnswers } from '../before/before.ts';
import type { RestoreTick } from '../context.ts';
import { failRestore } from '../end/end.ts';
import { operationsIn } from '../observe.ts';
import { elapsedMs, remember, restoreAttempt, restoreEvent } from '../tick.ts';

const nothingElse = { tries: 'progress', outcome: { do: 'wait', inMs: 0 } } as const;

/** Looks once more whether anything is in the way, records the intent, and sends the restore of one part. */
export const send = async (tick: RestoreTick, part: RestorePart): Promise<OperationChange> => {
  const { job, operation, detail, tools } = tick;
  const { present, inTheWay } = await whatIsInTheWay(tick, part);
  // sent before, and come since the look that this tick began with: the next look says whether they are ours
  if (present && detail.memory.parts[part.number] !== undefined) return nothingElse;
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
    parts: { ...detail.memory.parts, [part.number]: progress },
  });
  await tools.record({
    // what was there under these names is gone
    detail: { ...remember(tick, parts('sending')), restored: without(detail.restored, part) },
    events: [restoreEvent(tick, 'step', { after: { step: 'part', part: part.number, snapshot: part.snapshot } })],
  });
  try {
    await job.engine.startRestore({
      repository: operation.backup.location.repository,
      snapshot: part.snapshot,
      indices: part.indices.map(({ index }) => index),
      rename: detail.task.rename,
      as: restoredAs(detail.task),
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

/** What another try cannot change. */
const isFinal = (error: unknown): boolean =>
  isFailure(error, 'RESTORE_REFUSED', 'SNAPSHOT_NOT_FOUND', 'INDEX_NOT_FOUND', 'ENGINE_REFUSED');

/** What may have come since the plan. The names must be absent now: that is what may be taken back later. */
const whatIsInTheWay = async (
  { job, operation, detail }: RestoreTick,
  part: RestorePart,
): Promise<{ readonly present: boolean; readonly inTheWay: Reason | undefined }> => {
  const { repository } = operation.backup.location;
  const [present, snapshots, running, answersAt] = await Promise.all([
    job.engine.indexRecoveries(targetNames([part])),
    job.engine.findSnapshots(repository, [part.snapshot]),
    job.engine.runningSnapshots(),
    detail.task.inPlace ? job.optimizeAnswersAt() : undefined,
  ]);
  const targets = new Set(targetNames(detail.task.parts));
  const touching = running.filter(({ indices }) => indices.some((index) => targets.has(index)));
  const reasons = [
    answersAt === undefined ? undefined : optimizeAnswers(answersAt),
    present.length === 0
      ? undefined
      : blocked(
          'INDICES_PRESENT',
          present.map(({ name }) => name),
          'Indices appeared under the names to restore to.',
        ),
    snapshots[0]?.uuid === part.uuid
      ? undefined
      : blocked(
          'PART_REPLACED',
          [part.snapshot],
          'The snapshot is gone, or was deleted and made again, since the plan.',
        ),
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

/** What cannot be measured yet is tried again at the next poll. */
export const follow = async (tick: RestoreTick, measure: readonly SeenIndex[]): Promise<OperationChange> => {
  const operations = await operationsNow(tick, measure);
  return {
    ...(Object.keys(operations).length === 0 ? {} : { detail: withOperations(tick, operations, {}) }),
    tries: 'progress',
    outcome: { do: 'wait', inMs: nextPollInMs(tick.job.polling, elapsedMs(tick)) },
  };
};

/** What cannot be measured by now stays so: the comparison lists it. */
export const partDone = async (
  tick: RestoreTick,
  part: RestorePart,
  measure: readonly SeenIndex[],
): Promise<OperationChange> => {
  const unmeasured = Object.fromEntries(measure.map(({ uuid }) => [uuid, null]));
  const operations = { ...unmeasured, ...(await operationsNow(tick, measure)) };
  const parts = { ...tick.detail.memory.parts, [part.number]: 'done' as const };
  return {
    detail: withOperations(tick, operations, { parts, missed: false }),
    attempt: restoreAttempt(tick, part.number, undefined),
    ...nothingElse,
  };
};

/** By uuid: what a later measurement is compared with before anything is deleted. */
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
