import { readStateNow } from '@tandem/api/backups/read/read-backup-state.ts';
import { requestBackup } from '@tandem/api/backups/request/request-backup.ts';
import { cancel } from '@tandem/api/operations/operate.ts';
import { acceptRepository } from '@tandem/api/repositories/accept-repository.ts';
import { digestOfLocation } from '@tandem/engine/in-memory/repositories.ts';
import type { OperationRecord } from '@tandem/history/ports/operations.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { reconcile } from '@tandem/worker/reconcile/reconcile.ts';
import { INDEX_PREFIX } from '../scenario/scenario.ts';
import { Violation } from '../watch/violation.ts';
import { FIRST_LOCATION, OTHER_LOCATIONS, REPOSITORY } from './locations.ts';
import { type SwapWorld, silent } from './swap-world.ts';

const LOCATIONS = [FIRST_LOCATION, ...OTHER_LOCATIONS];
const CALLER = { kind: 'anonymous', address: '127.0.0.1' } as const;
const ALL = 10_000;

export type Swap = {
  readonly world: SwapWorld;
  readonly nextId: () => number;
  /** Every uuid that was ever recorded, by backup. */
  readonly uuids: Map<string, Set<string>>;
  /** Keys of backups whose deletion went well. */
  readonly deleted: Set<string>;
};

const idOf = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

const contextOf = (nth: number) => ({
  ...{ requestId: idOf(nth), actor: CALLER, role: 'admin' as const, idempotencyKey: undefined, lastEventId: undefined },
  signal: new AbortController().signal,
});

/** What a caller is answered with is a failure that has a code, or else a defect. */
const orRefused = async <T>(request: Promise<T>): Promise<T | undefined> => {
  try {
    return await request;
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
};

const apiOf = ({ world, nextId }: Swap) => {
  const { reached, history, facts, now } = world;
  return {
    ...{ engine: reached, history, facts, profile: defaultProfile, indexPrefix: INDEX_PREFIX, repository: REPOSITORY },
    settings: { repository: REPOSITORY, indexPrefix: INDEX_PREFIX, optimizeVersion: undefined },
    ...{ newId: () => idOf(nextId()), announce: () => undefined, enqueue: () => undefined, now: () => new Date(now()) },
  };
};

/** Undefined: it was refused. */
export const create = async (swap: Swap): Promise<string | undefined> => {
  const { world, nextId } = swap;
  const nth = nextId();
  const before = await world.history.changedRepositories();
  const accepted = await orRefused(requestBackup(apiOf(swap))(`b${nth}`, contextOf(nth)));
  world.trace(`create of b${nth}: ${accepted === undefined ? 'refused' : 'accepted'}`);
  if (accepted !== undefined && before.some(({ acceptedAt }) => acceptedAt === undefined))
    throw new Violation('identity', `b${nth} was accepted while the repository does not match the recorded one`);
  return accepted?.operationId;
};

export const operationsOf = ({ world }: Swap): Promise<readonly OperationRecord[]> =>
  world.history.listOperations({}, undefined, ALL);

const remove = async (swap: Swap): Promise<void> => {
  const { world, nextId } = swap;
  const of = world.random.pick((await operationsOf(swap)).filter(({ kind }) => kind === 'create'));
  if (of === undefined) return;
  const operationId = idOf(nextId());
  const command = { actor: CALLER, reason: 'simulated', requestId: undefined };
  const deletion = { operationId, keepBackup: false, onlyUnfinished: false, deleteDiscovered: false };
  const { accepted } = await world.history.requestDeletion(of.backupKey, command, deletion);
  world.trace(`deletion ${operationId} of ${of.backupId}: ${accepted ? 'accepted' : 'refused'}`);
};

const OPEN: ReadonlySet<string> = new Set(['QUEUED', 'RUNNING', 'WAITING']);

export const openOperations = async (swap: Swap): Promise<readonly OperationRecord[]> =>
  (await operationsOf(swap)).filter(({ state }) => OPEN.has(state));

const cancelOne = async (swap: Swap, operationId: string): Promise<void> => {
  const command = { actor: CALLER, reason: 'simulated', requestId: undefined };
  await orRefused(cancel(apiOf(swap), operationId, command, swap.world.random.chance(0.5)));
};

const stop = async (swap: Swap): Promise<void> => {
  const of = swap.world.random.pick(await openOperations(swap));
  if (of?.kind === 'create') await cancelOne(swap, of.operationId);
};

/** What waits for a location that shows another uuid by now waits for an operator. */
export const cancelAll = async (swap: Swap): Promise<void> => {
  for (const { operationId } of await openOperations(swap)) await cancelOne(swap, operationId);
};

export const tick = async ({ world }: Swap): Promise<void> => {
  const due = world.random.pick(await world.history.overdue(0, 100));
  if (due !== undefined) await world.run(due);
};

export const pass = async ({ world }: Swap): Promise<void> => {
  world.pass(world.random.between(10, 5_000));
  world.engine.finishAll();
};

const move = async ({ world }: Swap): Promise<void> => {
  const to = world.random.pick([FIRST_LOCATION, ...OTHER_LOCATIONS]) ?? FIRST_LOCATION;
  if (world.locations.move(to)) world.trace(`the repository is registered to ${to}`);
};

/** In a location that is not the first: of another client. */
const stranger = async ({ world }: Swap): Promise<void> => {
  const { engine, random, locations } = world;
  const backups = await world.history.livingBackups(undefined, ALL);
  const name = random.pick(backups.backups.flatMap(({ parts }) => parts.map(({ snapshotName }) => snapshotName)));
  const isFree = !engine.snapshots(REPOSITORY).some((snapshot) => snapshot.name === name);
  if (locations.here() === FIRST_LOCATION || !isFree) return;
  world.trace(`another client makes ${name ?? 'another'} in ${locations.here()}`);
  engine.putSnapshot(REPOSITORY, { name: random.chance(0.5) ? (name ?? 'another') : 'another', indices: [] });
};

export const compare = async ({ world }: Swap): Promise<void> => {
  const { reached, history } = world;
  const result = await reconcile({
    ...{ engine: reached, history, profiles: [defaultProfile], repository: REPOSITORY, indexPrefix: INDEX_PREFIX },
    ...{ ofOthers: new Set<string>(), lateMs: 3_600_000, now: () => new Date(world.now()), log: silent },
    witness: { actor: { kind: 'system', name: 'reconcile' }, source: 'worker' },
    ...{ announce: () => undefined, assertHeld: () => undefined },
  });
  world.trace(`compared: ${JSON.stringify(result.repositories)}`);
};

export const accept = async (swap: Swap): Promise<void> => {
  const { world, nextId } = swap;
  const [found] = await world.history.changedRepositories();
  const accepted = await orRefused(
    acceptRepository(apiOf(swap), { name: REPOSITORY, reason: 'simulated' }, contextOf(nextId())),
  );
  if (accepted === undefined) return;
  // what was found, wherever the name leads by now
  const location = LOCATIONS.find((one) => found?.location.settingsDigest === digestOfLocation(one));
  world.trace(`an operator accepts ${location}`);
  world.accepted.add(location ?? FIRST_LOCATION);
};

const read = async (swap: Swap): Promise<void> => {
  const { world, nextId } = swap;
  const of = world.random.pick(await operationsOf(swap));
  if (of === undefined) return;
  const after: (() => Promise<unknown>)[] = [];
  const deps = { ...apiOf(swap), afterAnswer: (_: string, task: () => Promise<unknown>) => void after.push(task) };
  const answer = await orRefused(readStateNow(deps)(of.backupId, contextOf(nextId())));
  world.trace(`${of.backupId} is read: ${answer?.state}`);
  for (const task of after) await orRefused(task());
};

const deeds: readonly (readonly [share: number, deed: (swap: Swap) => Promise<unknown>])[] = [
  [2, create],
  [1, remove],
  [1, stop],
  [16, tick],
  [8, pass],
  [1, move],
  [1, stranger],
  [2, compare],
  [1, accept],
  [3, read],
];
export const drawn = deeds.flatMap(([share, deed]) => Array<typeof deed>(share).fill(deed));
