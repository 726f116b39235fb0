import type { Reason } from './backup.ts';
import type { FailureCode } from './failure.ts';
import {
  type RestoreDetail,
  type RestoredUuids,
  type RestorePart,
  type RestoreStepName,
  targetNames,
} from './restore-memory.ts';

/** One target index as the engine has it. */
export type SeenIndex = {
  readonly name: string;
  readonly uuid: string;
  readonly shards: number;
  readonly shardsDone: number;
  readonly source: { readonly repository: string; readonly snapshot: string } | undefined;
  readonly failures: readonly { readonly shard: number; readonly reason: string; readonly lost: boolean }[];
};

/** The one next step of a restore or rehearsal. */
export type RestoreStep =
  /** Plan again, and compare with what was looked at. */
  | { readonly step: 'preflight' }
  /** Take the safety backup, or look whether it is whole. */
  | { readonly step: 'safety-backup' }
  | { readonly step: 'delete-existing' }
  | { readonly step: 'send'; readonly part: RestorePart }
  /** Uuids of restored indices that are not written down yet. */
  | { readonly step: 'adopt'; readonly part: RestorePart; readonly uuids: RestoredUuids }
  | { readonly step: 'follow'; readonly part: RestorePart }
  | { readonly step: 'part-done'; readonly part: RestorePart }
  /** It was there, or should be, and one look did not show it: look again. */
  | { readonly step: 'doubt'; readonly part: RestorePart }
  /** The engine was restarted and has lost the copy: remove what is left of the part and send it anew. */
  | { readonly step: 'resend'; readonly part: RestorePart; readonly remove: RestoredUuids }
  | { readonly step: 'templates' }
  | { readonly step: 'compare' }
  | { readonly step: 'fail'; readonly at: RestoreStepName; readonly reason: Reason }
  | { readonly step: 'take-back'; readonly remove: RestoredUuids }
  /** Nothing of ours is there; goes on after the rest of the quiet period, since a worker that slept may still send a call. */
  | { readonly step: 'quiet'; readonly absentSince: Date; readonly inMs: number }
  /** `left`: names that are there and not provably ours. */
  | { readonly step: 'end'; readonly left: readonly string[] };

export type Restoring = {
  readonly detail: RestoreDetail;
  readonly repository: string;
  /** All target names that the engine has. */
  readonly seen: readonly SeenIndex[];
  /** Lease and the engine's master time-out. */
  readonly quietMs: number;
  readonly now: Date;
};

/** How often a part is sent again that the engine lost. */
export const MAX_RESENDS = 5;

/** Pure. Only indices that this restore is known to have made are ever removed, by their uuid; a stranger's stays. */
export const nextRestoreStep = (restoring: Restoring): RestoreStep => {
  const { task, memory, stop } = restoring.detail;
  if (memory.ending !== undefined) return stepOfEnding(restoring);
  if (stop !== undefined) return stopped(memory.step, stop);
  if (!memory.checked) return { step: 'preflight' };
  if (!memory.deleted && task.deletes.length > 0) {
    return {
      step:
        memory.step === 'delete-existing' || task.safetyBackupId === undefined ? 'delete-existing' : 'safety-backup',
    };
  }
  for (const part of task.parts) {
    const step = stepOfPart(restoring, part);
    if (step !== 'done') return step;
  }
  return memory.templatesDone ? { step: 'compare' } : { step: 'templates' };
};

const stopped = (at: RestoreStepName, { reason }: { readonly reason?: string }): RestoreStep => ({
  step: 'fail',
  at,
  reason: {
    code: 'RESTORE_STOPPED',
    message: `A person had it stopped${reason === undefined ? '.' : `: ${reason}`}`,
    data: {},
  },
});

/**
 * Nothing was sent: nothing to take back, and only a deletion without an answer to be waited out, so that it does not meet what somebody
 * restores next. A restore that went well keeps what it made, a rehearsal never does.
 */
const stepOfEnding = (restoring: Restoring): RestoreStep => {
  const { task, memory, restored } = restoring.detail;
  const keeps = memory.ending?.state === 'SUCCEEDED' ? !task.copy : !task.rollBack && !task.copy;
  const sent = task.parts.filter(({ number }) => memory.parts[number] !== undefined);
  if (keeps || sent.length === 0) {
    const end: RestoreStep = { step: 'end', left: [] };
    return memory.deleting ? quietly(restoring, end) : end;
  }
  const names = new Set(targetNames(sent));
  const there = restoring.seen.filter(({ name }) => names.has(name));
  const ours = Object.fromEntries(
    there.filter((index) => isOurs(restoring, index, restored)).map(({ name, uuid }) => [name, uuid]),
  );
  if (Object.keys(ours).length > 0) return { step: 'take-back', remove: ours };
  return quietly(restoring, { step: 'end', left: there.map(({ name }) => name) });
};

/** That step, once nothing of ours has been there for the quiet period. */
const quietly = ({ detail: { memory }, quietMs, now }: Restoring, step: RestoreStep): RestoreStep => {
  const since = memory.absentSince === undefined ? now : new Date(memory.absentSince);
  const leftMs = since.getTime() + quietMs - now.getTime();
  return leftMs > 0 ? { step: 'quiet', absentSince: since, inMs: leftMs } : step;
};

/** What is restored must not meet a deletion that comes late. */
const sendOf = (restoring: Restoring, part: RestorePart): RestoreStep => {
  const send: RestoreStep = { step: 'send', part };
  return restoring.detail.memory.deleting ? quietly(restoring, send) : send;
};

/**
 * By the recorded uuid; before it is recorded by the snapshot that it came from; and where the engine does not say, because it
 * accepted the restore of a name that had been proven absent.
 */
const isOurs = (
  { detail, repository }: Restoring,
  { name, uuid, source }: SeenIndex,
  restored: RestoredUuids,
): boolean => {
  const recorded = restored[name];
  if (recorded !== undefined) return recorded === uuid;
  const part = detail.task.parts.find(({ indices }) => indices.some(({ as }) => as === name));
  if (part === undefined || detail.memory.parts[part.number] === undefined) return false;
  if (source === undefined) return detail.memory.parts[part.number] === 'accepted';
  return source.repository === repository && source.snapshot === part.snapshot;
};

const stepOfPart = (restoring: Restoring, part: RestorePart): RestoreStep | 'done' => {
  const { memory, restored } = restoring.detail;
  const progress = memory.parts[part.number];
  if (progress === undefined) return sendOf(restoring, part);
  const names = new Set(targetNames([part]));
  const there = restoring.seen.filter(({ name }) => names.has(name));
  const strangers = there.filter((index) => !isOurs(restoring, index, restored));
  if (strangers.length > 0)
    return failed(
      'INDEX_EXISTS',
      `Indices appeared under the names to restore to, and this restore did not make them: ${list(strangers)}.`,
      { indices: strangers.map(({ name }) => name) },
    );
  if (there.length < names.size) return stepOfAbsent(restoring, part, progress, there, names);
  if (there.some(({ name }) => restored[name] === undefined)) return { step: 'adopt', part, uuids: uuidsOf(there) };
  return stepOfThere(restoring, part, progress, there);
};

/** The engine makes all indices of a restore in one step: some of them are there only if others were deleted since. */
const stepOfAbsent = (
  restoring: Restoring,
  part: RestorePart,
  progress: string,
  there: readonly SeenIndex[],
  names: ReadonlySet<string>,
): RestoreStep => {
  if (there.length === 0 && progress === 'sending') return sendOf(restoring, part);
  if (!restoring.detail.memory.missed) return { step: 'doubt', part };
  const missing = [...names].filter((name) => there.every((index) => index.name !== name));
  return failed(
    'RESTORE_VANISHED',
    `The engine took the restore of ${part.snapshot}, and these indices are not there: ${missing.slice(0, 20).join(', ')}.`,
    { part: part.number, indices: missing },
  );
};

const stepOfThere = (
  { detail }: Restoring,
  part: RestorePart,
  progress: string,
  there: readonly SeenIndex[],
): RestoreStep | 'done' => {
  const broken = there.flatMap(({ name, failures }) => failures.map((failure) => ({ index: name, ...failure })));
  if (broken.length > 0 && broken.every(({ lost }) => lost) && detail.memory.resent < MAX_RESENDS) {
    return { step: 'resend', part, remove: uuidsOf(there) };
  }
  if (broken.length > 0) {
    const words = broken.slice(0, 10).map(({ index, shard, reason }) => `${index}[${shard}]: ${reason}`);
    return failed(
      'RESTORE_SHARDS_FAILED',
      `${broken.length} shards of ${part.snapshot} could not be restored: ${words.join('; ')}`,
      { part: part.number, failures: broken.slice(0, 100) },
    );
  }
  if (there.some(({ shards, shardsDone }) => shardsDone < shards)) return { step: 'follow', part };
  return progress === 'done' ? 'done' : { step: 'part-done', part };
};

const uuidsOf = (indices: readonly SeenIndex[]): RestoredUuids =>
  Object.fromEntries(indices.map(({ name, uuid }) => [name, uuid]));

const list = (indices: readonly SeenIndex[]): string =>
  indices
    .slice(0, 20)
    .map(({ name }) => name)
    .join(', ');

const failed = (code: FailureCode, message: string, data: Readonly<Record<string, unknown>>): RestoreStep => ({
  step: 'fail',
  at: 'parts',
  reason: { code, message, data },
});
