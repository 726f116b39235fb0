import type { World } from '../world.ts';
import type { Restores } from './restores.ts';
import { isOpen, type WatchedRestore } from './watched-restore.ts';

/** An application that writes as soon as indices are green: it lifts no block, and tries again and again. */
export const writeWhenGreen = (world: World, restores: Restores, restore: WatchedRestore): void => {
  const { scheduler, random } = world;
  if (!restores.scenario.application || !restore.task.inPlace || !isOpen(restore)) return;
  scheduler.after(random.between(0, 100), () => void writeInto(world, restores, restore));
};

const writeInto = async (world: World, restores: Restores, restore: WatchedRestore): Promise<void> => {
  for (const { name, uuid } of await greenOf(world, restore)) write(world, restores, name, uuid);
};

/** What it made in place, with all its shards started. */
const greenOf = async (world: World, { made }: WatchedRestore) => {
  const names = [...new Set([...made.values()].map(({ name }) => name))];
  const found = names.length === 0 ? [] : await world.engine.port.indexRecoveries(names);
  return found.filter(({ uuid, shards, shardsDone }) => made.has(uuid) && shardsDone === shards);
};

const write = (world: World, restores: Restores, name: string, uuid: string): void => {
  try {
    world.engine.port.write(name, world.random.between(1, 9));
  } catch {
    return; // blocked, as it should be
  }
  world.trace?.(`world  somebody writes to ${name} (${uuid})`);
  restores.onWritten(name, uuid);
};

/** An operator who lifts the block of an index by hand before it is RESTORED; writes to it, mostly; and sets the block again, sometimes. */
export const liftByHand = async (world: World, restores: Restores, restore: WatchedRestore): Promise<void> => {
  const { random, engine } = world;
  const { scenario } = restores;
  if (!restore.task.inPlace || !isOpen(restore) || !random.chance(scenario.lifts)) return;
  const index = random.pick(await greenOf(world, restore));
  if (index === undefined) return;
  world.trace?.(`world  somebody lifts the block of ${index.name} (${index.uuid})`);
  engine.port.setBlocked(index.name, 'write', false);
  restores.touched.add(index.uuid);
  if (random.chance(0.8)) write(world, restores, index.name, index.uuid);
  if (random.chance(0.5)) engine.port.setBlocked(index.name, 'write', true);
};
