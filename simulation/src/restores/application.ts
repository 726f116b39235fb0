import type { World } from '../scenario/world.ts';
import type { Writer } from './documents.ts';
import { uuidsOf } from './index-side.ts';
import type { WriteMoment } from './restore-scenario.ts';
import type { Restores } from './restores.ts';
import { isOpen, type WatchedRestore } from './watch/watched-restore.ts';

/** An application that writes as soon as indices are green: it lifts no block, and tries again and again. */
export const writeWhenGreen = (world: World, restores: Restores, restore: WatchedRestore): void => {
  const { scheduler, random } = world;
  if (!restores.scenario.application || !restore.task.inPlace || !isOpen(restore)) return;
  scheduler.after(random.between(0, 100), () => void writeInto(world, restores, restore));
};

const writeInto = async (world: World, restores: Restores, restore: WatchedRestore): Promise<void> => {
  for (const { name, uuid } of await greenOf(world, restore)) write(world, restores, 'application', { name, uuid });
};

/** What it made in place, with all its shards started. */
const greenOf = async (world: World, { made }: WatchedRestore) => {
  const names = [...new Set([...made.values()].map(({ name }) => name))];
  const found = names.length === 0 ? [] : await world.engine.port.indexRecoveries(names);
  return found.filter(({ uuid, shards, shardsDone }) => made.has(uuid) && shardsDone === shards);
};

type Index = { readonly name: string; readonly uuid: string };

const write = (world: World, restores: Restores, by: Writer, { name, uuid }: Index): void => {
  const documents = world.random.between(1, 9);
  try {
    world.engine.port.write(name, documents);
  } catch {
    return; // blocked, as it should be
  }
  world.trace?.(`world  the ${by} writes to ${name} (${uuid})`);
  restores.documents.add(uuid, by, documents);
  restores.onWritten(name, uuid);
};

/** An operator who lifts the block of an index by hand before it has SUCCEEDED; writes to it, mostly; and sets the block again, sometimes. */
export const liftByHand = async (world: World, restores: Restores, restore: WatchedRestore): Promise<void> => {
  const { random, engine, scheduler } = world;
  const { scenario } = restores;
  if (!restore.task.inPlace || !isOpen(restore) || !random.chance(scenario.lifts)) return;
  const index = random.pick(await greenOf(world, restore));
  if (index === undefined) return;
  world.trace?.(`world  an operator lifts the block of ${index.name} (${index.uuid})`);
  engine.port.setBlocked(index.name, 'write', false);
  restores.touched.add(index.uuid);
  if (random.chance(0.8)) write(world, restores, 'operator', index);
  if (random.chance(0.5)) engine.port.setBlocked(index.name, 'write', true);
  // an application that waited for it
  else scheduler.after(random.between(0, 3_000), () => void writeIfThere(world, restores, index));
};

const writeIfThere = async (world: World, restores: Restores, index: Index): Promise<void> => {
  const now = (await uuidsOf(world, [index.name])).get(index.name);
  if (now === index.uuid) write(world, restores, 'application', index);
};

/** An application that was not stopped writes to what is to be deleted, while its restore waits for that. */
export const writeWhileWaiting = (world: World, restores: Restores, restore: WatchedRestore): void => {
  const { random } = world;
  const moment = momentOf(restore);
  if (moment === undefined || !restores.scenario.writes.includes(moment) || !random.chance(0.5)) return;
  writeSometime(world, restores, restore, random.between(0, random.pick([20, 500, 5_000]) ?? 20));
};

/** Between the last measurement and the deletion: nothing can tell. */
export const writeOnceMeasured = (world: World, restores: Restores, restore: WatchedRestore): void => {
  const isDrawn = restores.scenario.writes.includes('measured') && world.random.chance(0.5);
  if (isDrawn && restore.step === 'delete-existing')
    writeSometime(world, restores, restore, world.random.between(0, 6));
};

const momentOf = (restore: WatchedRestore): WriteMoment | undefined => {
  if (!isOpen(restore) || restore.hasIntent || restore.task.deletes.length === 0) return undefined;
  if (restore.runSince === undefined) return 'queued';
  return restore.step === 'safety-backup' || restore.step === 'delete-existing' ? 'safety' : undefined;
};

const writeSometime = (world: World, restores: Restores, { task }: WatchedRestore, inMs: number): void => {
  const index = world.random.pick(task.deletes);
  if (index === undefined) return;
  const { index: name, uuid } = index;
  world.scheduler.after(inMs, () => void (world.calm || writeIfThere(world, restores, { name, uuid })));
};
