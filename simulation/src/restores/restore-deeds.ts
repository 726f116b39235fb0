import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { EVIDENCE } from '../scenario/neighbours.ts';
import type { World } from '../scenario/world.ts';
import type { Watched } from '../watch/watched.ts';
import { allNames, blockLater, isHeld, uuidsOf } from './index-side.ts';
import { lateNames } from './late-installation.ts';
import type { RestoreDeed } from './restore-scenario.ts';
import type { Restores } from './restores.ts';
import { isOpen, type WatchedRestore } from './watch/watched-restore.ts';

/** Occasional changes by other clients that restores have to cope with, until the calm phase. */
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
export const besetRestore = (world: World, restores: Restores, { runSince, step }: WatchedRestore): void => {
  const { scheduler, random, calm } = world;
  const { deeds: drawn, besets, besetAt } = restores.scenario;
  if (calm || (besetAt !== 'any' && besetAt !== step)) return;
  const isPlannedOnly = runSince === undefined && drawn.includes('strangerUnderPrefix');
  if (isPlannedOnly && random.chance(0.5)) void deeds.strangerUnderPrefix(world, restores);
  const deed = random.pick(drawn);
  if (deed === undefined || !random.chance(besets)) return;
  const inMs = random.between(0, random.pick([10, 60, besetAt === 'any' ? 60 : 5_000]) ?? 60);
  scheduler.after(inMs, () => void (world.calm || deeds[deed](world, restores)));
};

const say = (world: World, line: string): void => world.trace?.(`world  ${line}`);

/** A closed one is overwritten by engines: the caller has to look. */
const makeIndex = async (world: World, restores: Restores, name: string, as?: number): Promise<void> => {
  const { engine, random } = world;
  const closed = as === undefined && random.chance(0.5);
  engine.port.createIndex(name, as ?? random.between(900, 999), { closed });
  const uuid = (await uuidsOf(world, [name])).get(name) ?? '';
  restores.documents.add(uuid, 'stranger', engine.port.documentsIn(name) ?? 0);
  say(world, `another client makes the ${closed ? 'closed ' : ''}index ${name} (${uuid})`);
  restores.onStranger(name, uuid);
  if (name.startsWith('tandem-rehearsal')) blockLater(world, name, uuid, restores.scenario.blocksCopies);
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

const idOf = ({ operationId }: Watched): string => operationId;

/** Of restores that have not begun to delete. */
const pickSafetySnapshot = ({ engine, random, watch }: World, { all }: Restores): Snapshot | undefined => {
  const waiting = new Set([...all.values()].filter((one) => isOpen(one) && !one.hasIntent).map(idOf));
  const safeties = [...watch.accepted.values()].filter(({ create }) => waiting.has(create.safetyOf ?? ''));
  const ids = new Set(safeties.map(idOf));
  return random.pick(
    engine.port.snapshots('one').filter(({ owner, state }) => state === 'SUCCESS' && ids.has(owner?.operationId ?? '')),
  );
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
    // by hand, from the same data: only its uuid is another
    const as = world.random.chance(0.5) ? world.engine.port.documentsIn(name) : undefined;
    await makeIndex(world, restores, name, as);
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
    say(world, `another client deletes ${old.name} and makes it again`);
    restores.harms.add('replaced');
    watch.excuse(old.name, 'another client deleted its snapshot');
    watch.removed.add(old.uuid);
    engine.port.removeSnapshot('one', old.name);
    await putSnapshot(world, restores, old);
  },
  safetySpoiled: async (world, restores) => {
    const { engine, random, watch } = world;
    const old = pickSafetySnapshot(world, restores);
    if (old === undefined) return;
    const isMadeAgain = random.chance(0.5);
    say(world, `another client deletes ${old.name}${isMadeAgain ? ' and makes it again' : ''}`);
    watch.excuse(old.name, 'another client deleted its snapshot');
    watch.removed.add(old.uuid);
    engine.port.removeSnapshot('one', old.name);
    if (isMadeAgain) await putSnapshot(world, restores, old);
    engine.changed();
  },
  installationAppears: async (world, restores) => {
    const { lateInstallation: x } = restores.scenario;
    if (x === undefined || restores.shown.size > 0) return;
    say(world, `the rest of installation ${x} appears`);
    restores.harms.add('stranger');
    const evidence = `optimize-${x}-${EVIDENCE}`;
    world.engine.port.createIndex(evidence, 1);
    for (const name of [evidence, ...lateNames(x)]) restores.shown.set(name, world.scheduler.now());
  },
};
