import type { NewSnapshot } from '@tandem/engine/port.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { splitIntoParts } from '@tandem/shared/domain/backup/split-into-parts.ts';
import { wasInterrupted } from '@tandem/shared/domain/failure/interruption.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { NOTICED_MS } from '../faults/clock-comparisons.ts';
import { foreignIn } from '../scenario/neighbours.ts';
import { INDEX_PREFIX } from '../scenario/scenario.ts';
import { ENGINE_MASTER_MS } from '../scenario/timing.ts';
import { type Accepted, isLeaseAlive, isToGo } from './watched.ts';
import type { Watching } from './watching.ts';

/** What is made and deleted in the engine. */
export const watchSnapshots = ({
  now,
  clock,
  engine,
  neighbours,
  accepted,
  deletions,
  removed,
  distrusted,
  broken,
  excuse,
}: Watching) => {
  /** A worker is about to send it. */
  const onSend = (revision: number, snapshot: NewSnapshot): void => {
    const { operationId, part } = snapshot.owner;
    const operation = accepted.get(operationId);
    const { name } = snapshot;
    if (operation === undefined) broken('planned', `${name} is sent for an operation that nobody accepted`);
    if (operation?.suspendedAt !== undefined || operation?.isAbandoned)
      broken('suspended', `the create of ${name} is sent, and ${operationId} is suspended or was abandoned`);
    const held = operation?.held;
    if (!isLeaseAlive(held, revision, now()))
      broken('leased', `the create of ${name} is sent under revision ${revision}, whose lease is over`);
    // what was recorded may have been changed by a deletion since, while the lease still lives
    if (operation === undefined || isToGo(operation)) return;
    const recorded = operation.record?.parts.find(({ number }) => number === part);
    if (recorded?.state !== 'STARTING' || recorded.indices.join() !== snapshot.indices.join())
      broken('leased', `the create of ${name} is sent, and recorded is ${recorded?.state} with another list`);
  };

  /** The engine has just created it. */
  const onStarted = ({ repository, name, owner, indices }: NewSnapshot, sentAt: number): void => {
    const theirs = foreignIn(neighbours, indices);
    if (theirs.length > 0) broken('foreign', `${name} holds ${theirs.join(', ')}`);
    const operation = accepted.get(owner.operationId);
    const parts = operation?.create.parts ?? [];
    if (operation === undefined || parts[owner.part - 1]?.snapshotName !== name)
      broken('planned', `${name} was created and is not planned`);
    else if (isToGo(operation)) onLate(operation, name, sentAt);
    // the retry re-creates what came too early: checked at the end
    else if (operation.retriedAt <= sentAt) checkBefore(operation, { repository, name, owner, indices });
  };

  const checkBefore = (operation: Accepted, { repository, name, owner, indices }: NewSnapshot): void => {
    const { parts, safetyOf } = operation.create;
    // of an EMPTY part no snapshot is taken
    for (const part of parts.filter(({ state }) => state !== 'EMPTY')) {
      const snapshot = engine.find(repository, part.snapshotName);
      const isEmpty = part.indices.length === 0;
      if (part.number < owner.part && !isEmpty && snapshot?.state !== 'SUCCESS' && !wasRemoved(operation, part.number))
        broken('order', `${name} was created while ${part.snapshotName} was ${snapshot?.state ?? 'absent'}`);
    }
    // a safety backup holds what its restore deletes, and nothing that was born since
    if (safetyOf !== undefined) return;
    const first = engine.find(repository, parts[0]?.snapshotName ?? '');
    if (owner.part === parts.length && first?.endedAt !== undefined) isFresh(name, indices, first.endedAt);
  };

  /** Nobody wants it any more. Whoever asked for that name in the meantime may have to give up. */
  const onLate = (operation: Accepted, name: string, sentAt: number): void => {
    excuse(name, 'a late create of an ended operation took the name');
    const isSettled = operation.deletions.at(-1)?.ended === 'SUCCEEDED';
    // a jump that is too small to be distinguished from a slow response may end a quiet period early by as much
    const unnoticedMs = Math.min(clock.forwardMs(sentAt), NOTICED_MS);
    if (isSettled && now() - sentAt + unnoticedMs <= ENGINE_MASTER_MS)
      broken('settled', `${name} was created after the deletion had ended, ${now() - sentAt} ms after it was sent`);
  };

  const isFresh = (name: string, indices: readonly string[], since: Date): void => {
    const there = engine.aliveSince(since);
    const expected = splitIntoParts(defaultProfile, INDEX_PREFIX, there).at(-1);
    const missing = expected?.filter((index) => !indices.includes(index)) ?? [];
    if (missing.length > 0) broken('fresh', `${name} lacks ${missing.join(', ')}`);
  };

  const wasRemoved = ({ record }: Accepted, part: number): boolean => {
    const uuid = record?.parts.find(({ number }) => number === part)?.uuid;
    return uuid !== undefined && removed.has(uuid);
  };

  /** A worker is about to have the engine delete what it saw under the name. */
  const onDeleteSend = (tick: ClaimedOperation, name: string, seen: Snapshot | undefined): void => {
    const { operationId, revision } = tick;
    const deletion = deletions.get(operationId);
    const backup = deletion?.of ?? accepted.get(operationId);
    const held = (deletion ?? backup)?.held;
    if ((deletion ?? backup)?.suspendedAt !== undefined)
      broken('suspended', `the delete of ${name} is sent, and ${operationId} is suspended`);
    if (!isLeaseAlive(held, revision, now()))
      broken('leased', `the delete of ${name} is sent under revision ${revision}, whose lease is over`);
    if (!isOf(backup, seen))
      broken('owned', `${name} is deleted for ${operationId}, whose it is not: ${seen?.owner?.operationId}`);
    if (deletion?.command.onlyUnfinished === true && isRecordedSuccess(backup, seen))
      broken('owned', `${name} is deleted for ${operationId}, and was to be kept`);
  };

  /** The sweep is about to have it deleted. */
  const onOrphanSend = (name: string, seen: Snapshot | undefined): void => {
    const backup = accepted.get(seen?.owner?.operationId ?? '');
    if (backup === undefined || !isToGo(backup) || backup.ended === undefined)
      broken('owned', `${name} is removed as an orphan of ${seen?.owner?.operationId}, and is none`);
    if (backup?.deletions.at(-1)?.command.onlyUnfinished === true && isRecordedSuccess(backup, seen))
      broken('owned', `${name} is removed as an orphan, and was to be kept`);
  };

  /** The engine is deleting it: by its name, so it may be another than was seen. Such a one must be younger than the request. */
  const onDeleted = (snapshot: Snapshot, by: 'tick' | 'sweep', sentAt: number): void => {
    const { name, owner, uuid } = snapshot;
    const backup = accepted.get(owner?.operationId ?? '');
    if (backup !== undefined && isToGo(backup)) return;
    // a state of the engine that passes by itself: the part is made again
    if (by === 'tick' && snapshot.state !== 'SUCCESS' && wasInterrupted(snapshot) && isOf(backup, snapshot)) return;
    if (by === 'tick' && distrusted.has(uuid) && isOf(backup, snapshot)) return;
    const isInTime = by === 'tick' && now() - sentAt <= ENGINE_MASTER_MS;
    // a retried create re-creates what it failed for, and what was made after that
    if (isInTime && backup !== undefined && backup.retries > 0 && isOf(backup, snapshot)) return;
    if (isInTime && backup !== undefined)
      broken('owned', `${name} of ${owner?.operationId} was deleted, and nobody had asked for that`);
    removed.add(uuid);
    excuse(name, 'a late delete of an ended operation met the name');
  };

  return { onSend, onStarted, onDeleteSend, onOrphanSend, onDeleted };
};

const isOf = (backup: Accepted | undefined, seen: Snapshot | undefined): boolean =>
  backup !== undefined &&
  seen !== undefined &&
  (backup.uuids.has(seen.uuid) || seen.owner?.operationId === backup.operationId);

const isRecordedSuccess = (backup: Accepted | undefined, seen: Snapshot | undefined): boolean =>
  backup?.record?.parts.some(({ state, uuid }) => state === 'SUCCESS' && uuid === seen?.uuid) ?? false;
