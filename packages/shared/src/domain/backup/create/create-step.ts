import { cutList } from '../../cut-list.ts';
import type { FailureCode } from '../../failure/failure.ts';
import { INTERRUPTED_TRIES, wasInterrupted } from '../../failure/interruption.ts';
import type { Reason } from '../../failure/reason.ts';
import { nameList } from '../../name-list.ts';
import { type PartRecord, takenParts } from '../backup.ts';
import type { Snapshot } from '../snapshot.ts';
import { incompleteSentence } from '../state/incomplete-sentence.ts';
import { isTheOne } from '../state/recorded-state.ts';
import type { CreateMemory } from './create-memory.ts';

/** The one next step of a create operation. Numbers are parts'. */
export type CreateStep =
  /**
   * Record the intent, send the create. `resolve`: its index list is resolved again before; not where a create may be on its way
   * with the recorded list, so that whichever arrives is as recorded.
   */
  | { readonly step: 'start'; readonly part: PartRecord; readonly resolve: boolean }
  /**
   * It ended FAILED, PARTIAL or not as planned, was recorded so, and an operator retried the operation; or it is older than a part before
   * it, or was made while a node could not use the repository: delete it, then start it again. `resolve`: as if it had never been started.
   * `memory`: what is remembered of the part from then on.
   */
  | {
      readonly step: 'remove';
      readonly part: PartRecord;
      readonly snapshot: Snapshot;
      readonly resolve: boolean;
      readonly memory: Partial<CreateMemory>;
    }
  /** It ended FAILED or PARTIAL because of a temporary state of the engine: delete it, wait, then start it again. */
  | {
      readonly step: 'again';
      readonly part: PartRecord;
      readonly snapshot: Snapshot;
      readonly interrupted: number;
      readonly reason: Reason;
    }
  /** The engine accepted it and no longer has it: forget the uuid, wait, then start it again. */
  | { readonly step: 'forget'; readonly part: PartRecord; readonly vanished: number }
  /** It had succeeded, and one poll did not find it: check again. */
  | { readonly step: 'recheck'; readonly part: PartRecord }
  /** It is ours and runs; `adopt`: its uuid is not recorded yet. */
  | { readonly step: 'follow'; readonly part: PartRecord; readonly snapshot: Snapshot; readonly adopt: boolean }
  /** It succeeded: record what the engine reports of it, then continue. */
  | { readonly step: 'settle'; readonly part: PartRecord; readonly snapshot: Snapshot }
  | { readonly step: 'succeed' }
  | {
      readonly step: 'fail';
      readonly part: PartRecord;
      readonly snapshot: Snapshot | undefined;
      readonly reason: Reason;
    };

/** How often an accepted snapshot may vanish (a killed engine forgets running ones) before the backup is abandoned. */
export const MAX_VANISHINGS = 5;
/** How often a part is re-created because it began before the previous part had ended. */
export const MAX_EARLY = 3;

/**
 * Pure: the recorded parts and what the engine holds under their names decide. A part begins only when every part before it is
 * recorded SUCCESS and is still there under the recorded uuid. An answer of the engine proves nothing by its status: state, shards
 * and indices are compared with the plan. Of an EMPTY part nothing is made.
 */
export const nextCreateStep = (
  operationId: string,
  parts: readonly PartRecord[],
  seen: readonly Snapshot[],
  memoryOf: (part: number) => CreateMemory,
): CreateStep => {
  const taken = takenParts(parts);
  const snapshotOf = (part: PartRecord) => seen.find(({ name }) => name === part.snapshotName);
  for (const [at, part] of taken.entries()) {
    const snapshot = snapshotOf(part);
    const memory = memoryOf(part.number);
    if (isTooEarly(operationId, taken[at - 1], part, snapshot)) return stepOfEarly(part, snapshot, memory);
    const step = snapshot === undefined ? stepOfAbsent(part, memory) : stepOfSeen(operationId, part, snapshot, memory);
    if (step === 'done') continue;
    const isRetaken = step.step === 'start' || step.step === 'remove' || step.step === 'again';
    const later = isRetaken ? taken.slice(at + 1) : [];
    return stepOfLater(operationId, later, snapshotOf, memoryOf) ?? step;
  }
  return { step: 'succeed' };
};

/** A part must be older than every part after it: before a retry re-creates a part, it deletes the later ones, the last one first. */
const stepOfLater = (
  operationId: string,
  later: readonly PartRecord[],
  snapshotOf: (part: PartRecord) => Snapshot | undefined,
  memoryOf: (part: number) => CreateMemory,
): CreateStep | undefined => {
  const part = later.findLast((begun) => begun.state !== 'PLANNED' && snapshotOf(begun) !== undefined);
  const snapshot = part === undefined ? undefined : snapshotOf(part);
  if (part === undefined || snapshot === undefined) return undefined;
  const memory = memoryOf(part.number);
  if (isOurs(operationId, part, snapshot) && part.uuid === snapshot.uuid)
    return { step: 'remove', part, snapshot, resolve: true, memory: { early: memory.early } };
  const step = stepOfSeen(operationId, part, snapshot, memory);
  return step === 'done' ? undefined : step;
};

/**
 * A late create of ours made it while the part before it was being re-created: what that one counts as exported may be missing here. A part that
 * was sent once alone ended before any create of the next was: that the engine's clock says otherwise is the clock's fault.
 */
const isTooEarly = (
  operationId: string,
  before: PartRecord | undefined,
  part: PartRecord,
  snapshot: Snapshot | undefined,
): snapshot is Snapshot =>
  snapshot?.startedAt !== undefined &&
  before?.endedAt !== undefined &&
  before.starts > 1 &&
  snapshot.startedAt < before.endedAt &&
  isOurs(operationId, part, snapshot);

/** So often only clocks that differ explain it: two nodes of the engine, one of which was master after the other. */
const stepOfEarly = (part: PartRecord, snapshot: Snapshot, memory: CreateMemory): CreateStep => {
  const early = wasAbandoned(part, memory) ? 0 : memory.early;
  if (early < MAX_EARLY) return { step: 'remove', part, snapshot, resolve: true, memory: { early: early + 1 } };
  return failed(
    part,
    snapshot,
    'PART_DIFFERS',
    `Snapshot ${part.snapshotName} was made again ${MAX_EARLY} times, and each began before part ${part.number - 1} had ended. Compare the clocks of the engine's master nodes.`,
  );
};

const stepOfSeen = (
  operationId: string,
  part: PartRecord,
  snapshot: Snapshot,
  memory: CreateMemory,
): CreateStep | 'done' => {
  if (!isOurs(operationId, part, snapshot))
    return failed(part, snapshot, 'SNAPSHOT_EXISTS', strangerSentence(snapshot));
  if (snapshot.state === 'IN_PROGRESS') {
    return { step: 'follow', part, snapshot, adopt: part.uuid !== snapshot.uuid || part.state !== 'IN_PROGRESS' };
  }
  if (memory.distrusted) return { step: 'remove', part, snapshot, resolve: true, memory: {} };
  const isAbandoned = wasAbandoned(part, memory) && part.uuid === snapshot.uuid;
  if (snapshot.state !== 'SUCCESS') {
    if (isAbandoned) return { step: 'remove', part, snapshot, resolve: false, memory: {} };
    return stepOfIncomplete(part, snapshot, memory);
  }
  const difference = differenceFromPlan(part, snapshot);
  if (difference !== undefined) {
    if (isAbandoned) return { step: 'remove', part, snapshot, resolve: false, memory: {} };
    return failed(part, snapshot, 'PART_DIFFERS', difference);
  }
  return part.state === 'SUCCESS' && !isAbandoned ? 'done' : { step: 'settle', part, snapshot };
};

const stepOfIncomplete = (part: PartRecord, snapshot: Snapshot, memory: CreateMemory): CreateStep => {
  const interrupted = memory.interrupted + 1;
  const end = failed(part, snapshot, 'PART_NOT_WHOLE', incompleteSentence(snapshot));
  if (!wasInterrupted(snapshot) || interrupted >= INTERRUPTED_TRIES) return end;
  return { step: 'again', part, snapshot, interrupted, reason: end.reason };
};

const stepOfAbsent = (part: PartRecord, memory: CreateMemory): CreateStep => {
  if (memory.distrusted) return { step: 'start', part, resolve: part.state !== 'STARTING' };
  if (wasAbandoned(part, memory)) return { step: 'start', part, resolve: false };
  if (part.state === 'SUCCESS') {
    if (!memory.missed) return { step: 'recheck', part };
    return failed(
      part,
      undefined,
      'PART_VANISHED',
      `Snapshot ${part.snapshotName} had ended with SUCCESS and is no longer in the repository: another process deleted it before the backup was complete.`,
    );
  }
  const wasThere = part.state !== 'PLANNED' && (memory.accepted || part.uuid !== undefined);
  if (!wasThere) return { step: 'start', part, resolve: part.state !== 'STARTING' };
  const vanished = memory.vanished + 1;
  if (vanished < MAX_VANISHINGS) return { step: 'forget', part, vanished };
  return failed(
    part,
    undefined,
    'PART_VANISHED',
    `The engine accepted snapshot ${part.snapshotName} ${vanished} times, and each time it was gone before it had ended.`,
  );
};

/**
 * Whether the create was abandoned for this part. It is recorded with the operation's end only: an open operation that finds it was retried by
 * an operator. A snapshot that succeeded, but not as planned, is recorded SUCCESS, as in the engine; the memory marks it as unusable.
 */
export const wasAbandoned = ({ state, uuid }: PartRecord, { differed }: CreateMemory): boolean =>
  state === 'FAILED' || state === 'PARTIAL' || state === 'VANISHED' || (differed !== undefined && differed === uuid);

/**
 * Whether the create made the snapshot. Once it ended well, only the recorded uuid proves it; before, the operation in the snapshot's metadata
 * does, since a late create of ours may have replaced it.
 */
export const isOurs = (operationId: string, part: PartRecord, snapshot: Snapshot): boolean =>
  snapshot.owner?.operationId === operationId &&
  snapshot.owner.part === part.number &&
  (part.state !== 'SUCCESS' || isTheOne(snapshot, part.uuid, operationId));

/** How the snapshot differs from the plan, in words. Undefined: every shard of every planned index is in it, and nothing else is. */
export const differenceFromPlan = (part: PartRecord, snapshot: Snapshot): string | undefined => {
  if (snapshot.shards.failed > 0) return `Snapshot ${part.snapshotName} has ${snapshot.shards.failed} failed shards.`;
  const missing = part.indices.filter((index) => !snapshot.indices.includes(index));
  const added = snapshot.indices.filter((index) => !part.indices.includes(index));
  if (missing.length > 0) return `Snapshot ${part.snapshotName} lacks ${nameList(missing)}.`;
  if (added.length > 0) return `Snapshot ${part.snapshotName} holds what was not planned: ${nameList(added)}.`;
  return undefined;
};

const strangerSentence = (snapshot: Snapshot): string =>
  `A snapshot named ${snapshot.name} is in the repository already, and it was not made by this backup (uuid ${snapshot.uuid}).`;

const failed = (
  part: PartRecord,
  snapshot: Snapshot | undefined,
  code: FailureCode,
  message: string,
): Extract<CreateStep, { step: 'fail' }> => ({
  step: 'fail',
  part,
  snapshot,
  reason: {
    code,
    message,
    data: {
      part: part.number,
      snapshot: part.snapshotName,
      ...(snapshot === undefined
        ? {}
        : {
            uuid: snapshot.uuid,
            state: snapshot.state,
            shards: snapshot.shards,
            ...cutList('failures', snapshot.failures),
          }),
    },
  },
});
