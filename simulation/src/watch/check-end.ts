import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { recordedState } from '@tandem/shared/domain/backup/state/recorded-state.ts';
import {
  disagreements,
  disagreementWords,
  type FoldedBackup,
  foldBackup,
} from '@tandem/shared/domain/history/verify/fold-backup.ts';
import { recordOf } from '../processes/process-ports.ts';
import type { Clients } from '../scenario/clients.ts';
import type { World } from '../scenario/world.ts';
import { checkCreateEvents, checkDeletionEvents } from './check-events.ts';
import { require } from './require.ts';
import { type Accepted, isDeleted, type Watched } from './watched.ts';

/** What must hold once everything has come to rest. Throws the first Violation. */
export const checkEnd = async (world: World, clients: Clients): Promise<void> => {
  for (const operation of world.watch.accepted.values()) await checkBackup(world, operation);
  await checkEventFold(world);
  checkAnswers(world, clients);
  checkNothingElse(world);
};

/** Every backup is what its events fold to, so that a change of one of both shows. */
const checkEventFold = async ({ history }: World): Promise<void> => {
  for (const { backup, events } of await history.backupsWithEvents(undefined, 100_000)) {
    const folded = events.reduce<FoldedBackup | undefined>(foldBackup, undefined);
    const differing =
      folded === undefined ? ['no event begins it'] : disagreements(backup, folded, new Date(0)).map(disagreementWords);
    require(differing.length === 0, 'events', `${backup.backupId}: ${differing.join('; ')}`);
  }
};

const checkBackup = async (world: World, operation: Accepted): Promise<void> => {
  const { create, deletions } = operation;
  const events = await world.history.eventsOf(create.backupId, 100_000);
  if (operation.suspendedAt === undefined) checkCreateEvents(operation, events);
  else checkSuspended(world, operation);
  for (const deletion of deletions.filter(({ suspendedAt }) => suspendedAt === undefined))
    checkDeletionEvents(deletion, events);
  for (const each of [operation, ...deletions]) await checkAttempts(world, each);
  for (const deletion of deletions)
    require(deletion.ended !== 'FAILED' ||
      world.scenario.maxAttempts !== undefined, 'ends', `the deletion ${deletion.operationId} FAILED`);
  checkLeftovers(world, operation);
  const record = await recordOf(world, operation);
  require(record !== undefined || isDeleted(operation), 'ends', `${create.backupId} is no longer recorded`);
  if (record !== undefined) checkRecord(world, operation, record);
};

/** What is complete in the engine, and ours, has been made: the sweep had time to see that. */
const checkSuspended = ({ engine, watch }: World, { create, operationId }: Accepted): void => {
  const seen = create.parts.map(({ snapshotName }) => engine.find(create.location.repository, snapshotName));
  const isComplete = seen.every((one) => one?.state === 'SUCCESS' && one.owner?.operationId === operationId);
  // what was made before a node was found that could not use the repository is not trusted
  const isDistrusted = seen.some((one) => one !== undefined && watch.distrusted.has(one.uuid));
  require(!isComplete ||
    isDistrusted, 'suspended', `${create.backupId} is complete in the engine, and still suspended`);
};

const STATES = { SUCCEEDED: 'COMPLETED', FAILED: 'FAILED' } as const;

const checkRecord = (world: World, operation: Accepted, record: BackupRecord): void => {
  const { ended, deletions, create } = operation;
  const { state, failure, deletedAt } = record;
  const { backupId } = create;
  // a suspended deletion may wait for years, and the next reader sees what is there
  const mayLinger = deletions.some(({ suspendedAt }) => suspendedAt !== undefined);
  require(state !== 'IN_PROGRESS' || mayLinger, 'ends', `${backupId} is ${state} at the end`);
  const expected = operation.suspendedAt === undefined ? ended : 'SUSPENDED';
  require(record.create?.state ===
    expected, 'ends', `the create of ${backupId} is ${record.create?.state}, seen was ${expected}`);
  if (expected === 'SUSPENDED')
    require(state === 'FAILED' && failure !== undefined, 'suspended', `${backupId} is suspended and ${state}`);
  require((deletedAt !== undefined) === isDeleted(operation), 'unchanged', `${backupId} was deleted at ${deletedAt}`);
  if (ended === 'FAILED') {
    require(failure !== undefined, 'ends', `${backupId} FAILED without a reason`);
  }
  const { settled } = operation;
  if (settled !== undefined) {
    const isSame = state === settled.state && record.endedAt?.getTime() === settled.endedAt;
    require(isSame, 'unchanged', `${backupId} is ${state}, and was ${settled.state} when its deletion had ended`);
  }
  const isAsMade = deletions.length === 0 && !operation.isDrifting;
  if (isAsMade && (ended === 'SUCCEEDED' || ended === 'FAILED'))
    require(state === STATES[ended], 'ends', `${backupId} is ${state}, its operation ended ${ended}`);
  // what a deletion removed before it exhausted its retries, the next reader sees
  const isBrokenOff = deletions.length > 0 && settled === undefined;
  if (state === 'COMPLETED' && !isBrokenOff) checkParts(world, record);
  // of what was abandoned the next reader sees what is there
  if (deletedAt === undefined && !isBrokenOff && !operation.isAbandoned) checkFold(world, record);
};

/** What is recorded is what a reader would get. */
const checkFold = ({ engine, watch }: World, record: BackupRecord): void => {
  const { backupId, location, parts, state } = record;
  if (parts.some(({ uuid }) => watch.removed.has(uuid ?? ''))) return;
  const seen = engine.port.snapshots(location.repository);
  const fold = recordedState(record, seen, { kind: 'elasticsearch', newestReadable: 8_999_999, major: 8 });
  require(fold === state, 'ends', `${backupId} is recorded ${state}, and a reader gets ${fold}`);
};

const checkParts = (world: World, { parts, location, backupId, create }: BackupRecord): void => {
  let endOfLast = 0;
  for (const { snapshotName, state, uuid, indices, number } of parts) {
    if (state === 'EMPTY') continue;
    require(state === 'SUCCESS' && uuid !== undefined, 'planned', `part ${number} of ${backupId} is recorded ${state}`);
    if (world.watch.removed.has(uuid ?? '')) continue;
    const snapshot = world.engine.find(location.repository, snapshotName);
    const what = `${snapshotName} of the completed ${backupId}`;
    require(snapshot?.uuid === uuid, 'planned', `${what} has uuid ${snapshot?.uuid}, recorded is ${uuid}`);
    require(snapshot?.state === 'SUCCESS', 'planned', `${what} is ${snapshot?.state}`);
    require(snapshot?.owner?.operationId === create?.operationId, 'planned', `${what} was made by another client`);
    require(snapshot?.indices.join() ===
      indices.join(), 'planned', `${what} holds ${snapshot?.indices.join()}, recorded is ${indices.join()}`);
    const startedAt = snapshot?.startedAt?.getTime() ?? 0;
    require(startedAt >= endOfLast, 'order', `${what} was begun before the part before it had ended`);
    endOfLast = snapshot?.endedAt?.getTime() ?? 0;
  }
};

/** Of what was deleted nothing is there; of what was cancelled only what had ended well, unless that was to go too. */
const checkLeftovers = ({ engine, watch }: World, { create, operationId, deletions, record }: Accepted): void => {
  const last = deletions.at(-1);
  if (last?.ended !== 'SUCCEEDED') return;
  const kept = new Set(
    last.command.onlyUnfinished
      ? record?.parts.flatMap(({ state, uuid }) => (state === 'SUCCESS' && uuid !== undefined ? [uuid] : []))
      : [],
  );
  const there = engine.port
    .snapshots(create.location.repository)
    .filter(({ owner }) => owner?.operationId === operationId);
  for (const { name, uuid, state } of there)
    require(kept.has(uuid), 'gone', `${name} of ${operationId} is ${state} in the engine, and was to go`);
  for (const uuid of kept)
    require(watch.removed.has(uuid) ||
      there.some(
        (snapshot) => snapshot.uuid === uuid,
      ), 'owned', `snapshot ${uuid} of ${operationId} is gone, and was to be kept`);
};

const checkAttempts = async ({ history }: World, { operationId }: Watched): Promise<void> => {
  const numbers = (await history.attemptsOf(operationId)).map(({ number }) => number);
  require(numbers.every(
    (number, at) => number === at + 1,
  ), 'attempts', `${operationId} has attempts ${numbers.join()}`);
};

const checkAnswers = ({ watch }: World, { answers }: Clients): void => {
  for (const { backupId, operationId, snapshots } of answers) {
    const planned = watch.accepted.get(operationId)?.create.parts.map(({ snapshotName }) => snapshotName);
    require(planned?.join() === snapshots.join(), 'answered', `${backupId} was answered with ${snapshots.join()}`);
    const twice = answers.filter((other) => other.operationId === operationId).length;
    require(twice === 1, 'answered', `${backupId} was answered 200 ${twice} times`);
  }
};

/** No snapshot of ours that nobody planned, and no stranger's gone. */
const checkNothingElse = ({ watch, engine, scenario }: World): void => {
  for (const repository of scenario.repositories) {
    for (const { name, owner } of engine.port.snapshots(repository)) {
      if (owner === undefined) continue;
      const plan = watch.accepted.get(owner.operationId)?.create.parts;
      const part = plan?.find(({ snapshotName }) => snapshotName === name);
      require(part?.number === owner.part, 'planned', `${name} is in the engine, and nobody planned it`);
    }
  }
  for (const [uuid, repository] of watch.strangers) {
    const isThere = engine.port.snapshots(repository).some((snapshot) => snapshot.uuid === uuid);
    require(isThere || watch.removed.has(uuid), 'owned', `snapshot ${uuid} of another client was deleted`);
  }
};
