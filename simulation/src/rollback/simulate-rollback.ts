import { readMark } from '@tandem/shared/domain/history/rollback/history-mark.ts';
import { seededRandom } from '../chance/random.ts';
import type { Mutation } from '../mutations/mutation.ts';
import type { SimulateOptions, Verdict } from '../run/verdict.ts';
import { Violation } from '../watch/violation.ts';
import { decideSuspended } from './decide-suspended.ts';
import { comeToRest, command, type Life, live, openOperations, operationsOf, requestBackup } from './life.ts';
import { newRollbackWorld, REPOSITORY, type RollbackWorld } from './rollback-world.ts';

const EVERY = 20;

/** Every so many seeds PostgreSQL is put back to a dump, while Redis and the engine stay as they are. */
export const isRollbackSeed = (seed: number): boolean => seed % EVERY === EVERY / 2;

/** One run: a life, a dump, another life that is lost, and what comes after it was put back. */
export const simulateRollback = async (
  seed: number,
  mutation: Mutation,
  options: SimulateOptions,
): Promise<Verdict> => {
  const random = seededRandom(seed);
  let world: RollbackWorld | undefined;
  let steps = 0;
  const trace = (line: string): void => {
    steps += 1;
    options.trace?.(`${String(world?.now() ?? 0).padStart(7)}  ${line}`);
  };
  world = newRollbackWorld(random, mutation, trace);
  const violation = await run(world).then(() => undefined, asViolation);
  const states = (await operationsOf(world)).map(({ kind, state }) => `${kind} ${state}`);
  const count = (sought: string) => states.filter((state) => state === sought).length;
  return {
    ...{ seed, steps, virtualMs: world.now() },
    violation: violation && { property: violation.property, message: violation.message, atMs: world.now() },
    ...{ completed: count('create SUCCEEDED'), failed: count('create FAILED'), cancelled: count('create CANCELLED') },
    deleted: count('delete SUCCEEDED'),
  };
};

const asViolation = (error: unknown): Violation =>
  error instanceof Violation ? error : new Violation('quiet', `the run failed: ${String(error)}`);

const run = async (world: RollbackWorld): Promise<void> => {
  const { random, history } = world;
  let ids = 0;
  const newLife = (): Life => ({ world, ...world.startProcess(), nextId: () => ++ids });
  await live(newLife(), random.between(5, 60));
  await expectNoRollback(world, 'nothing was put back');
  const dump = { putBack: history.dump(), newest: await newestEvent(world), at: world.now() };
  world.trace(`dumped with event ${dump.newest}`);
  await live(newLife(), random.between(1, 60));
  await expectNoRollback(world, 'nothing was put back');

  dump.putBack();
  world.pass(random.between(0, random.chance(0.5) ? 60_000 : 1_200_000));
  if (random.chance(0.3)) world.redis.clear();
  world.trace(`put back; Redis has ${world.redis.size} marks`);
  const life = newLife();
  if (random.chance(0.2)) await beginWithoutMarks(life);
  await lookAfterwards(life, dump);
};

/** Neither Redis nor the engine can be read when the processes start: nothing holds them up, and nobody writes to the engine. */
const beginWithoutMarks = async (life: Life): Promise<void> => {
  Object.assign(life.world.away, { redis: true, engine: true });
  await life.guard.ready();
  await life.guard.watch();
  Object.assign(life.world.away, { redis: false, engine: false });
  life.world.pass(1_000);
};

type DumpedAt = { readonly newest: number; readonly at: number };

const lookAfterwards = async (life: Life, dump: DumpedAt): Promise<void> => {
  const { world, guard } = life;
  const { random, history } = world;
  const isShown = await isShownByMarks(world, dump);
  const before = await openOperations(world);
  const first = random.pick([() => guard.ready(), () => guard.watch(), () => requestBackup(life)]);
  await first?.();
  const { rollback } = await history.readLine([]);
  world.trace(`rollback: ${JSON.stringify(rollback)}`);
  if ((rollback !== undefined) !== isShown) {
    throw new Violation(
      'detected',
      `marks ${isShown ? 'show' : 'do not show'} it, and it was ${isShown ? 'not ' : ''}detected`,
    );
  }
  if (rollback === undefined) return;
  // the last heartbeat that was dumped is no younger than the dump
  if (rollback.lossMs < world.now() - dump.at) {
    throw new Violation('detected', `a loss of ${rollback.lossMs} ms, ${world.now() - dump.at} ms after the dump`);
  }
  const states = new Map((await operationsOf(world)).map((one) => [one.operationId, one]));
  for (const { operationId, kind } of before) {
    const isIn = rollback.scope === 'everything' || kind === 'delete' || (await deletesIndices(world, operationId));
    if (isIn !== (states.get(operationId)?.state === 'SUSPENDED')) {
      throw new Violation(
        'suspended',
        `${kind} ${operationId} is ${states.get(operationId)?.state} after a loss of ${rollback.scope}`,
      );
    }
    if (isIn) world.forbidden.add(operationId);
  }
  await live(life, random.between(5, 60));
  await acceptedRuns(life);
  await decideSuspended(life);
  await acknowledge(life);
};

const deletesIndices = async ({ history }: RollbackWorld, operationId: string): Promise<boolean> => {
  const restore = await history.findRestore(operationId);
  const { task } = (restore?.detail ?? {}) as { readonly task?: { readonly deletes?: readonly unknown[] } };
  return (task?.deletes?.length ?? 0) > 0;
};

/** Whether a mark that can be read is of an event after the dump, in Redis or with a snapshot. */
const isShownByMarks = async ({ redis, engine }: RollbackWorld, { newest }: DumpedAt): Promise<boolean> => {
  const kept = engine.snapshots(REPOSITORY).map(({ owner }) => owner?.mark ?? '');
  return [...redis.values(), ...kept].some((text) => Number(readMark(text)?.eventId ?? 0) > newest);
};

const newestEvent = async ({ history }: RollbackWorld): Promise<number> =>
  Number((await history.readLine([])).newest?.id ?? 0);

const expectNoRollback = async ({ history }: RollbackWorld, why: string): Promise<void> => {
  const { rollback } = await history.readLine([]);
  if (rollback !== undefined) throw new Violation('detected', `a rollback was detected although ${why}`);
};

/** What is accepted after the detection is carried out. */
const acceptedRuns = async (life: Life): Promise<void> => {
  const accepted = await requestBackup(life);
  if (!(await comeToRest(life))) throw new Violation('ends', 'operations that were not suspended do not end');
  const state = (await life.world.history.findOperation(accepted ?? ''))?.state;
  if (state !== 'SUCCEEDED')
    throw new Violation('ends', `${accepted} was accepted after the detection and is ${state}`);
};

/** The new epoch is no rollback, and what was suspended stays so. */
const acknowledge = async (life: Life): Promise<void> => {
  const { world } = life;
  await world.history.acknowledgeRollback(command);
  await live(life, world.random.between(5, 40));
  await life.guard.check();
  await expectNoRollback(world, 'it was acknowledged');
};
