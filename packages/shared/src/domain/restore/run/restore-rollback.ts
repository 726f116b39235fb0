import { quietPeriod } from '../../failure/quiet-period.ts';
import { stepsBeforeDeletion } from './index-blocks.ts';
import { partKey, type RestoreDetail, targetNames } from './restore-memory.ts';
import { carriesBlock, isOurs, verdictOf } from './restored-index.ts';
import type { LeftIndex, Removal, RestoreStep, Restoring, SeenIndex } from './restoring.ts';
import { blockSteps } from './write-block.ts';

/**
 * What is left to do once it is clear how the restore ends. A successful restore keeps what it made, a rehearsal never does. If nothing was
 * sent, there is nothing to roll back: only an unanswered deletion has to be waited out, so that it cannot delete what is restored next.
 */
export const stepOfEnding = (restoring: Restoring): RestoreStep => {
  const { task, memory } = restoring.detail;
  const sent = task.parts.filter((part) => memory.parts[partKey(part)] !== undefined);
  if (sent.length === 0) return memory.deleting ? quietly(restoring, END) : END;
  const names = new Set(targetNames(sent));
  const there = restoring.seen.filter(({ name }) => names.has(name));
  if (memory.ending?.state === 'SUCCEEDED' && !task.copy) return stepOfSuccess(restoring, there);
  if (isKept(restoring.detail)) return stepOfKeeping(restoring, there);
  return stepOfRollback(restoring, there);
};

/** Whether what was restored stays in the engine although the restore did not succeed: requested, and never for the copy of a rehearsal. */
export const isKept = ({ task, memory }: Pick<RestoreDetail, 'task' | 'memory'>): boolean =>
  memory.ending?.keep === true || (!task.rollback && !task.copy);

const END: RestoreStep = { step: 'end', left: [] };

const stepOfSuccess = ({ detail }: Restoring, there: readonly SeenIndex[]): RestoreStep => {
  if (detail.memory.blocksDone) return END;
  const changes = blockSteps(detail, there);
  return changes.length === 0 ? END : { step: 'blocks', changes };
};

/** A deletion without an answer is waited out here too. */
const stepOfKeeping = (restoring: Restoring, there: readonly SeenIndex[]): RestoreStep => {
  const end: RestoreStep = { step: 'end', left: there.map((index) => leftIndex(restoring, index, 'kept')) };
  return restoring.detail.memory.deleting ? quietly(restoring, end) : end;
};

/** An index that others may have written to stays, whatever the restore was to do. */
const stepOfRollback = (restoring: Restoring, there: readonly SeenIndex[]): RestoreStep => {
  const judged = there.map((index) => ({ index, verdict: verdictOf(restoring, index) }));
  const removable = judged.filter(({ index, verdict }) => isOurs(restoring, index) && verdict === 'untouched');
  const left = judged
    .filter((one) => !removable.includes(one))
    .map(({ index, verdict }) => leftIndex(restoring, index, verdict === 'untouched' ? 'kept' : verdict));
  const remove = Object.fromEntries(removable.map(({ index: { name, uuid } }) => [name, uuid]));
  if (removable.length === 0) return quietly(restoring, { step: 'end', left });
  return unblocked(
    removable.map(({ index }) => index),
    { step: 'take-back', remove, left },
  );
};

/**
 * The removal, or first the step that lifts a block which prevents the engine from deleting these indices. The write block stays: it is the
 * proof that they are untouched.
 */
export const unblocked = (indices: readonly SeenIndex[], then: Removal): RestoreStep => {
  const [first] = stepsBeforeDeletion(indices);
  return first === undefined ? then : { step: 'unblock', ...first, then };
};

const leftIndex = (restoring: Restoring, index: SeenIndex, why: LeftIndex['why']): LeftIndex =>
  isOurs(restoring, index)
    ? { name: index.name, why, isBlocked: carriesBlock(restoring.detail, index) }
    : { name: index.name, why: 'foreign', isBlocked: false };

/** The step, or first a wait until no index of this restore has been seen for the quiet period. */
export const quietly = ({ detail: { memory }, quietMs, now }: Restoring, step: RestoreStep): RestoreStep => {
  const absentSince = memory.absentSince === undefined ? undefined : new Date(memory.absentSince);
  const { since, leftMs } = quietPeriod(absentSince, quietMs, now);
  return leftMs > 0 ? { step: 'quiet', absentSince: since, inMs: leftMs } : step;
};
