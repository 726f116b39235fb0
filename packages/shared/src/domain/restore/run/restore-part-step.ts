import { cutList } from '../../cut-list.ts';
import type { FailureCode } from '../../failure/failure.ts';
import { nameList } from '../../name-list.ts';
import { partKey, type RestoredUuids, type RestorePart, targetNames } from './restore-memory.ts';
import { quietly, unblocked } from './restore-rollback.ts';
import { isMeasurable, isOurs, isRestored, verdictOf } from './restored-index.ts';
import type { RestoreStep, Restoring, SeenIndex } from './restoring.ts';

/** How often a part is sent again that the engine lost. */
export const MAX_RESENDS = 5;

/**
 * The next step for one part, from what the engine shows; `done` once all its indices are restored. Fails with INDEX_EXISTS if indices
 * appeared that this restore did not make. A part that the engine lost is sent again, at most MAX_RESENDS times.
 */
export const stepOfPart = (restoring: Restoring, part: RestorePart): RestoreStep | 'done' => {
  const { memory, restored } = restoring.detail;
  const progress = memory.parts[partKey(part)];
  if (progress === undefined) return sendOf(restoring, part);
  const names = new Set(targetNames([part]));
  const there = restoring.seen.filter(({ name }) => names.has(name));
  const strangers = there.filter((index) => !isOurs(restoring, index));
  if (strangers.length > 0)
    return failed(
      'INDEX_EXISTS',
      `Indices appeared under the names to restore to, and this restore did not make them: ${nameList(namesOf(strangers))}.`,
      cutList('indices', namesOf(strangers)),
    );
  if (there.length < names.size) return stepOfAbsent(restoring, part, progress, there, names);
  if (there.some(({ name }) => restored[name] === undefined)) return { step: 'adopt', part, uuids: uuidsOf(there) };
  return stepOfThere(restoring, part, progress, there);
};

/** What is restored must not meet a deletion that comes late. */
const sendOf = (restoring: Restoring, part: RestorePart): RestoreStep => {
  const send: RestoreStep = { step: 'send', part };
  return restoring.detail.memory.deleting ? quietly(restoring, send) : send;
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
  if (!restoring.detail.memory.missed) return { step: 'recheck', part };
  const missing = [...names].filter((name) => there.every((index) => index.name !== name));
  return failed(
    'RESTORE_VANISHED',
    `The engine took the restore of ${part.snapshot}, and these indices are not there: ${nameList(missing)}.`,
    { part: part.number, ...cutList('indices', missing) },
  );
};

const stepOfThere = (
  restoring: Restoring,
  part: RestorePart,
  progress: string,
  there: readonly SeenIndex[],
): RestoreStep | 'done' => {
  const { memory } = restoring.detail;
  const broken = there.flatMap(({ name, failures }) => failures.map((failure) => ({ index: name, ...failure })));
  if (broken.length > 0 && broken.every(({ lost }) => lost) && memory.resent < MAX_RESENDS) {
    return resendOf(restoring, part, there);
  }
  if (broken.length > 0) {
    const words = broken.map(({ index, shard, reason }) => `${index}[${shard}]: ${reason}`);
    return failed(
      'RESTORE_SHARDS_FAILED',
      `${broken.length} shards of ${part.snapshot} could not be restored: ${nameList(words, { max: 10, between: '; ' })}`,
      { part: part.number, ...cutList('failures', broken) },
    );
  }
  const measure = there.filter((index) => isMeasurable(index) && memory.operations[index.uuid] === undefined);
  if (!there.every(isRestored)) return { step: 'follow', part, measure };
  return progress === 'done' ? 'done' : { step: 'part-done', part, measure };
};

/** All of the part is removed, also what was restored by then: only if nothing was written to any of it. */
const resendOf = (restoring: Restoring, part: RestorePart, there: readonly SeenIndex[]): RestoreStep => {
  const touched = there.filter((index) => verdictOf(restoring, index) !== 'untouched');
  if (touched.length === 0) return unblocked(there, { step: 'resend', part, remove: uuidsOf(there) });
  return failed(
    'RESTORE_WRITTEN',
    `The engine lost shards of ${part.snapshot}, and the part cannot be sent again, because these of its indices may have been written to: ${nameList(namesOf(touched))}.`,
    { part: part.number, ...cutList('indices', namesOf(touched)) },
  );
};

const uuidsOf = (indices: readonly SeenIndex[]): RestoredUuids =>
  Object.fromEntries(indices.map(({ name, uuid }) => [name, uuid]));

const namesOf = (indices: readonly SeenIndex[]): readonly string[] => indices.map(({ name }) => name);

const failed = (code: FailureCode, message: string, data: Readonly<Record<string, unknown>>): RestoreStep => ({
  step: 'fail',
  at: 'parts',
  reason: { code, message, data },
});
