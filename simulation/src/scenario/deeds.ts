import type { Deed } from './scenario.ts';
import { drawStopMs, type SimulatedWorker } from './scene.ts';
import { LEASE_MS } from './timing.ts';
import { dispatch, type World } from './world.ts';

/** Begins what happens around the calls: every now and then one of the scenario's deeds, until the calm phase. */
export const startDeeds = (world: World): void => {
  const { deeds: drawn, deedEveryMs, indexMovesEveryMs } = world.scenario;
  if (drawn.length > 0) repeatDeeds(world, drawn, deedEveryMs);
  if (indexMovesEveryMs !== undefined) repeatDeeds(world, ['indexBorn', 'indexDeleted'], indexMovesEveryMs);
};

const repeatDeeds = (world: World, from: readonly Deed[], everyMs: number): void => {
  const { scheduler, random } = world;
  scheduler.after(random.between(1, 2 * everyMs), () => {
    if (world.calm) return;
    const deed = random.pick(from);
    if (deed !== undefined) deeds[deed](world);
    repeatDeeds(world, from, everyMs);
  });
};

const living = ({ workers }: World): readonly SimulatedWorker[] =>
  workers.filter(({ process }) => !process.isDead() && !process.isFrozen());

/** The only one of the engine in memory. */
const NODE = 'in-memory';

const say = (world: World, line: string): void => world.trace?.(`world  ${line}`);

const deeds: Readonly<Record<Deed, (world: World) => void>> = {
  crashWorker: (world) => world.random.pick(living(world))?.process.crash('by chance'),
  freezeWorker: (world) => {
    world.random.pick(living(world))?.process.freeze(drawStopMs(world, LEASE_MS / 2, 0.1), 'by chance');
  },
  duplicateJob: (world) => {
    const job = world.random.pick(world.jobs);
    const worker = world.random.pick(living(world));
    if (job === undefined || worker === undefined) return;
    say(world, `${worker.process.name} gets the job of ${job.operationId} r${job.revision} again`);
    worker.deliver(job);
  },
  redisEmptied: (world) => {
    say(world, 'Redis is emptied');
    world.queue.lose();
  },
  redisAway: (world) => {
    const forMs = world.random.between(100, 6_000);
    say(world, `Redis is away for ${forMs} ms`);
    world.outages.redisUntil = world.scheduler.now() + forMs;
    dispatch(world, forMs + 1);
  },
  historyAway: (world) => {
    const forMs = world.random.between(100, 6_000);
    say(world, `PostgreSQL is away for ${forMs} ms`);
    world.outages.historyUntil = world.scheduler.now() + forMs;
  },
  engineRestart: (world) => {
    const { engine, random, scheduler } = world;
    const forMs = random.between(0, 3_000);
    say(world, `the engine restarts and is down for ${forMs} ms`);
    for (const repository of world.scenario.repositories)
      engine.port.running(repository).forEach(world.watch.onVanished);
    engine.port.restart();
    engine.changed();
    world.outages.engineUntil = scheduler.now() + forMs;
  },
  createsBusy: (world) => {
    const forMs = world.random.between(1_000, 15_000);
    say(world, `the engine answers 429 to every create for ${forMs} ms`);
    world.outages.createsUntil = world.scheduler.now() + forMs;
  },
  repositoryBroken: (world) => {
    const { engine, random, scheduler, scenario } = world;
    const repository = random.pick(scenario.repositories) ?? '';
    const forMs = random.between(100, 6_000);
    say(world, `repository ${repository} is unavailable for ${forMs} ms`);
    engine.port.breakRepository(repository, 'the repository has been disabled');
    scheduler.after(forMs, () => engine.port.breakRepository(repository));
  },
  nodeUnmounted: (world) => {
    const { engine, random, scheduler, scenario, watch } = world;
    const repository = random.pick(scenario.repositories) ?? '';
    const forMs = random.between(100, 6_000);
    say(world, `a node cannot use repository ${repository} for ${forMs} ms`);
    engine.port.hideRepository(repository, NODE);
    watch.onHidden(repository, true);
    scheduler.after(forMs, () => {
      engine.port.hideRepository(repository);
      watch.onHidden(repository, false);
    });
  },
  indexBorn: (world) => {
    const { engine, random, scheduler } = world;
    const kind = random.chance(0.1) ? 'timestamp-based-import-index' : 'process-instance';
    const name =
      kind === 'process-instance' ? `optimize-${kind}-p${scheduler.now()}_v8` : `optimize-${kind}_v${scheduler.now()}`;
    say(world, `index ${name} is born`);
    engine.createIndex(name);
  },
  indexDeleted: (world) => {
    const { engine, random } = world;
    const rest = engine.indices().filter((name) => name.includes('process-instance'));
    const name = random.pick(rest);
    if (name !== undefined && rest.length > 1 && engine.deleteIndex(name)) say(world, `index ${name} is deleted`);
  },
  runningSnapshotDeleted: (world) => removeSnapshot(world, 'IN_PROGRESS'),
  endedSnapshotDeleted: (world) => removeSnapshot(world, 'SUCCESS'),
  foreignSnapshot: (world) => {
    const { watch, engine, random } = world;
    const name = random.pick(watch.plannedNames());
    const operation = [...watch.accepted.values()].find(({ record }) =>
      record?.parts.some((one) => one.snapshotName === name),
    );
    const part = operation?.record?.parts.find(({ snapshotName }) => snapshotName === name);
    const repository = operation?.create.location.repository ?? '';
    if (name === undefined || part === undefined || engine.find(repository, name) !== undefined) return;
    say(world, `another client makes a snapshot ${name}`);
    watch.excuse(name, 'another client took the name');
    watch.strangers.set(engine.port.putSnapshot(repository, { name, indices: part.indices }).uuid, repository);
    engine.changed();
  },
};

const removeSnapshot = (world: World, state: 'IN_PROGRESS' | 'SUCCESS'): void => {
  const { engine, random, scenario, watch } = world;
  const repository = random.pick(scenario.repositories) ?? '';
  const snapshot = random.pick(engine.port.snapshots(repository).filter((one) => one.state === state));
  if (snapshot === undefined) return;
  say(world, `another client deletes ${state} snapshot ${snapshot.name}`);
  if (state === 'SUCCESS') watch.excuse(snapshot.name, 'another client deleted its snapshot');
  else watch.onVanished(snapshot.name);
  watch.removed.add(snapshot.uuid);
  engine.port.removeSnapshot(repository, snapshot.name);
  engine.changed();
};
