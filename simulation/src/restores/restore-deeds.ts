import type { Snapshot } from '@tandem/shared/domain/snapshot.ts';
import type { World } from '../world.ts';
import { allNames, isHeld, uuidsOf } from './index-side.ts';
import type { RestoreDeed } from './restore-scenario.ts';
import type { Restores } from './restores.ts';
import type { WatchedRestore } from './watched-restore.ts';

/** Every now and then somebody or something that restores have to live with, until the calm phase. */
export const startRestoreDeeds = (world: World, restores: Restores): void => {
  const { scheduler, random } = world;
  const { deeds: drawn, deedEveryMs } = restores.scenario;
  if (drawn.length === 0) return;
  scheduler.after(random.between(1, 2 * deedEveryMs), () => {
    if (world.calm) return;
    const deed = random.pick(drawn);
    if (deed !== undefined) void deeds[deed](world, restores);
    startRestoreDeeds(world, restores);
  });
};

/** Now and then just when a restore goes a step on. */
export const besetRestore = (world: World, restores: Restores, { runSince }: WatchedRestore): void => {
  const { scheduler, random, calm } = world;
  const isPlannedOnly = runSince === undefined && restores.scenario.deeds.includes('strangerUnderPrefix');
  if (!calm && isPlannedOnly && random.chance(0.5)) void deeds.strangerUnderPrefix(world, restores);
  const deed = random.pick(restores.scenario.deeds);
  if (calm || deed === undefined || !random.chance(0.3)) return;
  scheduler.after(random.between(0, 60), () => void (world.calm || deeds[deed](world, restores)));
};

const say = (world: World, line: string): void => world.trace?.(`world  ${line}`);

/** A closed one is overwritten by engines: the caller has to look. */
const makeIndex = async (world: World, restores: Restores, name: string): Promise<void> => {
  const { engine, random } = world;
  const closed = random.chance(0.5);
  engine.port.createIndex(name, random.between(900, 999), { closed });
  const uuid = (await uuidsOf(world, [name])).get(name) ?? '';
  restores.documents.add(uuid, 'stranger', engine.port.documentsIn(name) ?? 0);
  say(world, `somebody makes the ${closed ? 'closed ' : ''}index ${name} (${uuid})`);
  restores.onStranger(name, uuid);
};

const targetsOf = ({ all }: Restores): readonly string[] =>
  [...all.values()].flatMap(({ task }) => task.parts.flatMap(({ indices }) => indices.map(({ as }) => as)));

const savedIndex = ({ engine, random }: World) => {
  const snapshot = random.pick(engine.port.snapshots('one').filter(({ name }) => name.includes('backup-1')));
  const index = random.pick(snapshot?.indices ?? []);
  return snapshot === undefined || index === undefined
    ? undefined
    : { snapshot: snapshot.name, uuid: snapshot.uuid, index };
};

const putSnapshot = async (world: World, restores: Restores, { name, indices }: Snapshot): Promise<void> => {
  const { uuid } = world.engine.port.putSnapshot('one', { name, indices });
  world.watch.strangers.set(uuid, 'one');
  await restores.documents.onSnapshot(uuid, indices);
  world.engine.changed();
};

const deeds: Readonly<Record<RestoreDeed, (world: World, restores: Restores) => Promise<void>>> = {
  strangerUnderTarget: async (world, restores) => {
    const there = new Set(await allNames(world));
    const name = world.random.pick(targetsOf(restores).filter((target) => !there.has(target)));
    if (name !== undefined) await makeIndex(world, restores, name);
  },
  strangerUnderPrefix: async (world, restores) => {
    const now = world.scheduler.now();
    const name = world.random.pick([`stranger-${now}`, `process-instance-stranger-${now}_v8`, `alert_v${now}`]);
    // a second one at the same instant would replace the first, which nobody deleted
    const isThere = (await allNames(world)).includes(`optimize-${name}`);
    if (!isThere) await makeIndex(world, restores, `optimize-${name}`);
  },
  indexMadeAgain: async (world, restores) => {
    const free = (await allNames(world)).filter((one) => !isHeld(world, one));
    const targets = new Set(world.random.chance(0.6) ? targetsOf(restores) : free);
    const name = world.random.pick(free.filter((one) => targets.has(one)));
    if (name === undefined) return;
    restores.onGone(name);
    await makeIndex(world, restores, name);
  },
  snapshotRotted: async (world, restores) => {
    const saved = savedIndex(world);
    if (saved === undefined) return;
    say(world, `a file of ${saved.index} in ${saved.snapshot} is lost`);
    restores.harms.add('rotted');
    world.engine.port.rotSnapshot('one', saved.snapshot, saved.index);
  },
  snapshotAltered: async (world, restores) => {
    const saved = savedIndex(world);
    if (saved === undefined) return;
    say(world, `${saved.index} in ${saved.snapshot} is altered`);
    restores.harms.add('altered');
    const documents = world.random.between(500, 599);
    world.engine.port.alterSnapshot('one', saved.snapshot, saved.index, documents);
    restores.documents.onAltered(saved.uuid, saved.index, documents);
  },
  snapshotMadeAgain: async (world, restores) => {
    const { engine, random, watch } = world;
    const old = random.pick(
      engine.port.snapshots('one').filter(({ name, state }) => name.includes('backup-1') && state === 'SUCCESS'),
    );
    if (old === undefined || restores.harms.has('replaced')) return;
    say(world, `somebody deletes ${old.name} and makes it again`);
    restores.harms.add('replaced');
    watch.removed.add(old.uuid);
    engine.port.removeSnapshot('one', old.name);
    await putSnapshot(world, restores, old);
  },
};
