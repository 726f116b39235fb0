import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { sendWorkersAway } from '../processes/worker.ts';
import type { Clients } from '../scenario/clients.ts';
import { startDeeds } from '../scenario/deeds.ts';
import { type EngineSide, FIRST_INDICES } from '../scenario/engine-side.ts';
import type { Neighbours } from '../scenario/neighbours.ts';
import type { World } from '../scenario/world.ts';
import { liftByHand, writeOnceMeasured, writeWhenGreen, writeWhileWaiting } from './application.ts';
import { allNames, uuidsOf } from './index-side.ts';
import { lateNames } from './late-installation.ts';
import { besetRestore, startRestoreDeeds } from './restore-deeds.ts';
import { RESTORED, type RestorePeople, startRestorePeople } from './restore-people.ts';
import type { Restores } from './restores.ts';
import type { WatchedRestore } from './watch/watched-restore.ts';

/** Indices of such a run hold documents, and there are templates. */
const fillEngine = ({ engine, random }: World, restores: Restores): void => {
  FIRST_INDICES.forEach((name, at) => {
    engine.port.write(name, 10 * at + random.between(1, 9));
  });
  for (const name of lateNames(restores.scenario.lateInstallation)) engine.port.createIndex(name, 2);
};

const OURS = 'optimize-alerts';
const METADATA = '-metadata_v3';

/** One of ours, and one of each neighbour. */
const templates = (priority: number, { names }: Neighbours) => {
  const theirs = [...names].flatMap((name) => (name.endsWith(METADATA) ? [name.slice(0, -METADATA.length)] : []));
  const patterned = (pattern: string) => ({ index_patterns: [pattern], priority });
  return {
    lifecyclePolicies: {},
    componentTemplates: {},
    indexTemplates: {
      [OURS]: patterned('optimize-alert_v*'),
      ...Object.fromEntries(theirs.map((one) => [`${one}-all`, patterned(`${one}-*`)])),
    },
    legacyTemplates: {},
  };
};

/** What is there before the run begins. */
const adopt = async (world: World, { documents }: Restores): Promise<void> => {
  for (const [name, uuid] of await uuidsOf(world, await allNames(world)))
    documents.add(uuid, 'setup', world.engine.port.documentsIn(name) ?? 0);
};

/** Restores make and delete indices by themselves: which are new since a part is not known, nor how often the engine restarted. */
export const withRestores = (side: EngineSide, onRestart: () => void): EngineSide => ({
  ...side,
  aliveSince: () => [],
  port: {
    ...side.port,
    restart: () => {
      onRestart();
      side.port.restart();
    },
  },
});

type Run = { readonly people: RestorePeople; readonly clients: Clients; readonly calmDown: () => void };

/** Waits in peace until the backup is COMPLETED; then the faults begin, and people ask for restores of it. */
export const startRestores = (world: World, restores: Restores, clients: Clients, calmDown: () => void) => {
  const people = startRestorePeople(world, restores.scenario);
  restores.events.onChange = (restore) => {
    restores.events.onFirst();
    people.look(restore);
    besetRestore(world, restores, restore);
    writeWhenGreen(world, restores, restore);
    void liftByHand(world, restores, restore);
    writeWhileWaiting(world, restores, restore);
    leaveAlone(world, restores, restore);
  };
  restores.events.onMeasured = (restore) => writeOnceMeasured(world, restores, restore);
  world.calm = true;
  void beginOnceMade(world, restores, { people, clients, calmDown });
  // a jump of the clock may suspend the backup, and nobody decides about it
  const isNeverMade = () => !people.hasBegun() && world.watch.suspended().length > 0;
  return { isDone: () => (people.isDone() || isNeverMade()) && restores.open() === 0 };
};

/** The workers are away for long, once. */
const leaveAlone = (world: World, restores: Restores, { step, ended }: WatchedRestore): void => {
  const { absence } = restores.scenario;
  if (world.calm || restores.absences.count > 0 || ended !== undefined || absence?.at !== step) return;
  restores.absences.count += 1;
  world.scheduler.after(world.random.between(0, 20), () => sendWorkersAway(world, absence.forMs));
};

const beginOnceMade = async (world: World, restores: Restores, run: Run): Promise<void> => {
  const { neighbours } = restores.scenario.base;
  const { watch, scheduler, engine } = world;
  fillEngine(world, restores);
  await adopt(world, restores);
  await engine.port.putTemplates(templates(1, neighbours));
  const look = (): void => {
    const backup = [...watch.accepted.values()].find(({ create }) => create.backupId === RESTORED);
    if (world.finishing) return;
    if (backup?.ended === undefined) scheduler.after(100, look);
    else void begin(world, restores, run);
  };
  look();
};

/** Optimize went on after the backup. */
const writeToAll = async (world: World, { documents }: Restores): Promise<void> => {
  const uuids = await uuidsOf(world, FIRST_INDICES);
  for (const name of FIRST_INDICES) {
    const count = world.random.between(1, 5) * 1_000;
    world.engine.port.write(name, count);
    documents.add(uuids.get(name) ?? '', 'application', count);
  }
};

/** A create that failed before, and is retried, finds nothing to save. */
const loseIndices = ({ engine, watch }: World, parts: readonly PartRecord[]): void => {
  for (const name of FIRST_INDICES) engine.port.deleteIndex(name);
  for (const { snapshotName } of parts) watch.excuse(snapshotName, 'its indices were lost');
};

const begin = async (world: World, restores: Restores, { people, clients, calmDown }: Run): Promise<void> => {
  const { scheduler, engine } = world;
  const { port } = engine;
  const { isLost, isWritten, backupsAtMs, base } = restores.scenario;
  const late = lateNames(restores.scenario.lateInstallation);
  const saved = [...FIRST_INDICES, ...base.neighbours.couldBeOurs, ...late];
  for (const { name, documents } of await port.measureIndices(saved, 'operations-last'))
    restores.truth.set(name, documents);
  const made = await world.history.findBackup(RESTORED, undefined);
  // a create that was suspended, and was found complete, has nothing measured after its last part
  for (const { indices, manifest } of made?.parts ?? [])
    if (manifest?.after === undefined) for (const index of indices) restores.manifests.unrecorded.add(index);
  const before = await port.readTemplates('optimize', []);
  if (isWritten) await writeToAll(world, restores);
  if (isWritten) await port.putTemplates(templates(2, base.neighbours));
  const now = await port.readTemplates('optimize', []);
  const indexTemplates = { ...now.indexTemplates, [OURS]: before.indexTemplates[OURS] };
  restores.templates.text = JSON.stringify({ ...now, indexTemplates });
  if (isLost) loseIndices(world, made?.parts ?? []);
  world.trace?.(`world  the backup is made, and its indices are ${isLost ? 'lost' : 'there'}`);
  for (const atMs of backupsAtMs) scheduler.after(atMs, () => clients.askAgain('backup-2', 'one'));
  people.begin();
  const beginFaults = (): void => {
    restores.events.onFirst = () => undefined;
    world.calm = false;
    startDeeds(world);
    startRestoreDeeds(world, restores);
    scheduler.after(base.faultsForMs, calmDown);
  };
  if (restores.scenario.faultsSince === 'backup') beginFaults();
  else restores.events.onFirst = beginFaults;
};
