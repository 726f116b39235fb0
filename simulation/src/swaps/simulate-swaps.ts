import { seededRandom } from '../chance/random.ts';
import type { Mutation } from '../mutations/mutation.ts';
import type { SimulateOptions, Verdict } from '../run/verdict.ts';
import { Violation } from '../watch/violation.ts';
import { checkDeletions, checkReturn, checkStep, type Intact } from './check-swaps.ts';
import { FIRST_LOCATION, OTHER_LOCATIONS } from './locations.ts';
import {
  accept,
  cancelAll,
  compare,
  create,
  drawn,
  openOperations,
  operationsOf,
  pass,
  type Swap,
  tick,
} from './swap-deeds.ts';
import { newSwapWorld } from './swap-world.ts';

const EVERY = 20;

/** In every so many seeds the name of the repository is registered to other locations, which keeps its uuid. */
export const isSwapSeed = (seed: number): boolean => seed % EVERY === EVERY / 4;

export const simulateSwaps = async (seed: number, mutation: Mutation, options: SimulateOptions): Promise<Verdict> => {
  const random = seededRandom(seed);
  let steps = 0;
  let now = () => 0;
  const trace = (line: string): void => {
    steps += 1;
    options.trace?.(`${String(now()).padStart(7)}  ${line}`);
  };
  const world = newSwapWorld(random, mutation, trace);
  now = world.now;
  let ids = 0;
  const swap: Swap = { world, nextId: () => ++ids, uuids: new Map(), deleted: new Set() };
  const violation = await run(swap).then(() => undefined, asViolation);
  const states = (await operationsOf(swap)).map(({ kind, state }) => `${kind} ${state}`);
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

type Run = { readonly swap: Swap; intact: Intact };
type Deed = (swap: Swap) => Promise<unknown>;

const run = async (swap: Swap): Promise<void> => {
  const { world } = swap;
  const { faults } = world;
  const share = { ...faults };
  const state: Run = { swap, intact: new Map() };
  Object.assign(faults, { moves: 0, failures: 0 });
  // backups are there before anything happens
  for (let nth = world.random.between(0, 3); nth > 0; nth -= 1) {
    await create(swap);
    await drain(state);
  }
  Object.assign(faults, share);
  for (let step = world.random.between(30, 120); step > 0; step -= 1)
    await watched(state, world.random.pick(drawn) ?? tick);
  Object.assign(faults, { moves: 0, failures: 0 });
  await comeBack(state);
};

const watched = async (run: Run, deed: Deed): Promise<void> => {
  const { swap, intact } = run;
  swap.world.locations.beginStep();
  await deed(swap);
  run.intact = await checkStep(swap, intact);
  await checkDeletions(swap);
};

const MAX_TICKS = 60;

const drain = async (run: Run): Promise<void> => {
  for (let ticks = 0; ticks < MAX_TICKS && (await openOperations(run.swap)).length > 0; ticks += 1) {
    await watched(run, tick);
    await pass(run.swap);
  }
};

const ROUNDS = 3;

/** What was begun in another location ends there, and the name is registered to the first one again. */
const comeBack = async (run: Run): Promise<void> => {
  const { swap } = run;
  const { world } = swap;
  for (const location of Array.from({ length: ROUNDS }, () => [...OTHER_LOCATIONS, FIRST_LOCATION]).flat()) {
    world.engine.finishAll();
    if (world.locations.move(location)) world.trace(`the repository is registered to ${location}`);
    await drain(run);
    if (location === FIRST_LOCATION && (await openOperations(swap)).length === 0) break;
  }
  for (let cancels = 0; cancels < 2; cancels += 1) {
    await watched(run, cancelAll);
    await drain(run);
  }
  await watched(run, compare);
  await checkReturn(swap, isSettledElsewhere(swap));
  await watched(run, accept);
  await watched(run, compare);
  const last = await create(swap);
  await drain(run);
  const { state } = (await world.history.findOperation(last ?? '')) ?? {};
  if (state !== 'SUCCEEDED') throw new Violation('ends', `the last create is ${state ?? 'refused'}`);
};

/** Backups were made in another location too, and are missed now. */
const isSettledElsewhere = ({ world, uuids }: Swap): boolean =>
  [...uuids.values()].some((some) => [...some].some((uuid) => world.locations.locationOf(uuid) !== FIRST_LOCATION));
