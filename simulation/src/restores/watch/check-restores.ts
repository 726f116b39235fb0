import type { StoredEvent } from '@tandem/history/ports/events.ts';
import type { EventKind } from '@tandem/shared/domain/history/event.ts';
import type { World } from '../../scenario/world.ts';
import { require } from '../../watch/require.ts';
import { allNames, uuidsOf } from '../index-side.ts';
import { RESTORED } from '../restore-people.ts';
import type { Restores } from '../restores.ts';
import { keepsNothing, type WatchedRestore } from './watched-restore.ts';

/** What must hold of restores once everything has come to rest. Throws the first Violation. */
export const checkRestores = async (world: World, restores: Restores): Promise<void> => {
  const events = await world.history.eventsOf(RESTORED, 100_000);
  const uuids = await uuidsOf(world, await allNames(world));
  const there = new Set(uuids.values());
  for (const restore of restores.all.values()) {
    checkEvents(restore, events);
    await checkAttempts(world, restore);
    checkNothingLeft(restores, restore, there);
  }
  const proof = (await world.history.findBackup(RESTORED, undefined))?.proof;
  require(proof === undefined ||
    restores.proven.has(proof.operationId), 'proof', `${RESTORED} counts as proven by ${proof?.operationId}`);
  for (const [uuid, name] of restores.strangers)
    require(there.has(uuid), 'own', `${name} (${uuid}) of another client is gone`);
};

/** Of a rehearsal the sweep removes also what came after its end; of a restore nobody does. */
const checkNothingLeft = (
  { restarts, touched, written, manifests }: Restores,
  restore: WatchedRestore,
  there: ReadonlySet<string>,
): void => {
  // of a part that was sent while the engine was restarted it is not known whose it is: it stays (decision 0008)
  const mayBeUnknown = restarts.count > 0 && !restore.task.copy;
  // where nothing was measured when it was saved, it may not be known whether it was written to
  const mayBeWritten = manifests.unrecorded.size > 0 && !restore.task.copy;
  if (!keepsNothing(restore) || mayBeUnknown || mayBeWritten) return;
  for (const [uuid, { name, isLate, isRaced }] of restore.made) {
    const isLeft = isLate || restore.leftBehind.has(uuid);
    if ((isLeft && !restore.task.copy) || isRaced) continue;
    // what may contain documents of another client is skipped
    if (touched.has(uuid) || written.has(uuid)) continue;
    require(!there.has(uuid), 'gone', `${name} (${uuid}) is left of ${restore.operationId}, which is ${restore.ended}`);
  }
};

const checkAttempts = async ({ history }: World, { operationId }: WatchedRestore): Promise<void> => {
  const numbers = (await history.attemptsOf(operationId)).map(({ number }) => number);
  const isCounted = numbers.every((number, at) => number === at + 1);
  require(isCounted, 'attempts', `${operationId} has attempts ${numbers.join()}`);
};

type Facts = { readonly operationId?: unknown; readonly gaveUp?: unknown };

const factsOf = ({ after }: StoredEvent): Facts => (after ?? {}) as Facts;

/** One request first, for each run one end, and nothing after the last. */
const checkEvents = ({ operationId, ended, retries, task }: WatchedRestore, all: readonly StoredEvent[]): void => {
  const own = all.filter((event) => factsOf(event).operationId === operationId && event.source !== 'sweep');
  const word = task.copy ? 'rehearsal' : 'restore';
  const seen = `${operationId} ${ended}: ${own.map(({ kind }) => kind).join(', ')}`;
  const count = (kind: EventKind) => own.filter((event) => event.kind === kind).length;
  // its rollback exhausted its retries
  const exhausted = own.filter(
    (event) => event.kind === 'attempt.failed' && factsOf(event).gaveUp !== undefined,
  ).length;
  require(own[0]?.kind === `${word}.requested` &&
    count(`${word}.requested`) === 1, 'events', `not one request: ${seen}`);
  require(count('operation.retried') === retries, 'events', `not ${retries} retries: ${seen}`);
  const fails = count(`${word}.failed`) + exhausted;
  require(fails === retries + (ended === 'FAILED' ? 1 : 0), 'events', `${fails} failed runs: ${seen}`);
  require(count(`${word}.completed`) === (ended === 'SUCCEEDED' ? 1 : 0), 'events', `not one end: ${seen}`);
  require(count(`${word}.cancelled`) === (ended === 'CANCELLED' ? 1 : 0), 'events', `not one end: ${seen}`);
  const last = own.at(-1)?.kind ?? '';
  const ends = { SUCCEEDED: 'completed', FAILED: 'failed', CANCELLED: 'cancelled' } as const;
  const isEnd = ended !== undefined && (last === `${word}.${ends[ended]}` || (ended === 'FAILED' && exhausted > 0));
  require(isEnd, 'events', `the end is not last: ${seen}`);
};
