import type { SimulatedProcess } from '../processes/simulated-process.ts';
import { LEASE_MS } from '../scenario/timing.ts';
import type { World } from '../scenario/world.ts';

/** Stops of a process at the moments at which leases run out unnoticed, so many in a run. */
const MAX_STOPS = { task: 3, tick: 8 };

const stop = async (
  { random }: World,
  process: SimulatedProcess,
  shortestMs: number,
  longestMs: number,
  why: string,
) => {
  process.freeze(random.between(shortestMs, longestMs), why);
  await new Promise<void>((resolve) => void process.later(0, resolve));
};

/** A background task found what it removes: now and then its process is stopped right then, for longer than most leases of such tasks. */
export const stopBeforeDeletion = async (world: World, process: SimulatedProcess, isFound: boolean): Promise<void> => {
  const { random, scenario, stops } = world;
  if (!isFound || stops.ofTasks >= MAX_STOPS.task || !random.chance(scenario.stopsBeforeDeletion)) return;
  stops.ofTasks += 1;
  await stop(world, process, 30_000, 120_000, 'with something found that is to go');
};

/** A tick read which cluster it is that it is about to write to. */
export const stopBeforeWrite = async (world: World, process: SimulatedProcess): Promise<void> => {
  const { random, scenario, stops, calm } = world;
  if (calm || stops.ofTicks >= MAX_STOPS.tick || !random.chance(scenario.stopsBeforeWrites)) return;
  stops.ofTicks += 1;
  await stop(world, process, LEASE_MS, 4 * LEASE_MS, 'before it writes');
};
