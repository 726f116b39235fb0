import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { inMemoryMarks } from '@tandem/queue/in-memory/marks.ts';
import { inMemoryQueue } from '@tandem/queue/in-memory/queue.ts';
import { type Random, seededRandom } from './chance/random.ts';
import { newScheduler } from './chance/scheduler.ts';
import { checkComparisons, isComparedSeed } from './comparing/comparison-worker.ts';
import { newDatabaseClock, withUnsteadyClock } from './faults/database-clock.ts';
import { newPartitions } from './faults/partitions.ts';
import { watchJumps } from './faults/watch-jumps.ts';
import { isOrphanSeed, isStoppedSeed, withOrphans, withStops } from './leases/orphan-scenario.ts';
import { UNCHANGED } from './mutations/mutation.ts';
import { startWorker, startWorkerIn } from './processes/worker.ts';
import { startReaders } from './reading/readers.ts';
import { drawRestoreScenario, isRestoreSeed } from './restores/restore-scenario.ts';
import { newRestores } from './restores/restores.ts';
import { startRestores, withRestores } from './restores/simulate-restores.ts';
import { checkRestores } from './restores/watch/check-restores.ts';
import { withAlterations } from './restores/watch/failed-manifests.ts';
import { isRollbackSeed, simulateRollback } from './rollback/simulate-rollback.ts';
import type { SimulateOptions, Verdict } from './run/verdict.ts';
import { type Clients, startClients } from './scenario/clients.ts';
import { startDeeds } from './scenario/deeds.ts';
import { newEngineSide } from './scenario/engine-side.ts';
import { MAX_STALE_MS } from './scenario/fate.ts';
import { type People, startPeople } from './scenario/people.ts';
import { drawScenario, type Scenario } from './scenario/scenario.ts';
import { newAbsence } from './scenario/suspensions.ts';
import { EPOCH_MS, ORPHAN_RUNS, SWEEP_EVERY_MS } from './scenario/timing.ts';
import type { World } from './scenario/world.ts';
import { checkSeals } from './seals/seal-worker.ts';
import { isSealedSeed, newSealing } from './seals/sealing.ts';
import { isSwapSeed, simulateSwaps } from './swaps/simulate-swaps.ts';
import { checkEnd } from './watch/check-end.ts';
import { Violation } from './watch/violation.ts';
import { newWatch } from './watch/watch.ts';
import { isToGo, type Watched } from './watch/watched.ts';

/** In the calm phase every operation must have ended by then. */
const CALM_MS = 1_200_000;

/** More steps than any run takes: something runs in a circle. */
const MAX_STEPS = 100_000;

/** One run: faults, then calm, then the properties. The same seed is the same run, step by step. */
export const simulate = async (seed: number, options: SimulateOptions = {}): Promise<Verdict> => {
  if (isRollbackSeed(seed)) return simulateRollback(seed, options.mutation ?? UNCHANGED, options);
  if (isSwapSeed(seed)) return simulateSwaps(seed, options.mutation ?? UNCHANGED, options);
  const violations: Violation[] = [];
  let people: People | undefined;
  let absence: ((operation: Watched) => void) | undefined;
  const onChange = (operation: Watched) => {
    people?.look(operation);
    absence?.(operation);
  };
  const world = newWorld(seed, options, (violation) => violations.push(violation), onChange);
  const { scheduler, scenario, watch } = world;
  world.trace?.(JSON.stringify(world.restores?.scenario ?? scenario));
  const clients = startClients(world);
  people = startPeople(world, clients);
  absence = newAbsence(world);
  for (let workers = 0; workers < scenario.workers; workers += 1) startWorker(world);
  const restoring = world.restores && startRestores(world, world.restores, clients, () => calmDown(world));
  startReaders(world);
  world.clock.start();
  if (restoring === undefined) startFaults(world);
  const steps = await runToRest(world, [clients, people, ...(restoring ? [restoring] : [])], violations);
  if (violations.length === 0) await checkAll(world, clients).catch((error) => violations.push(asViolation(error)));
  const [first] = violations;
  const creates = [...watch.accepted.values()];
  const ends = creates.map(({ ended }) => ended);
  return {
    seed,
    violation: first && { property: first.property, message: first.message, atMs: scheduler.now() },
    steps,
    virtualMs: scheduler.now(),
    completed: ends.filter((end) => end === 'SUCCEEDED').length,
    failed: ends.filter((end) => end === 'FAILED').length,
    cancelled: ends.filter((end) => end === 'CANCELLED').length,
    deleted: creates.flatMap(({ deletions }) => deletions).filter(({ ended }) => ended === 'SUCCEEDED').length,
  };
};

const startFaults = (world: World): void => {
  startDeeds(world);
  world.scheduler.after(world.scenario.faultsForMs, () => calmDown(world));
};

const checkAll = async (world: World, clients: Clients): Promise<void> => {
  await checkEnd(world, clients);
  if (world.restores !== undefined) await checkRestores(world, world.restores);
  if (isComparedSeed(world.scenario.seed)) await checkComparisons(world);
  if (world.sealing !== undefined) await checkSeals(world, world.sealing);
};

const asViolation = (error: unknown): Violation =>
  error instanceof Violation ? error : new Violation('quiet', `the check failed: ${String(error)}`);

const newWorld = (
  seed: number,
  { mutation = UNCHANGED, trace }: SimulateOptions,
  onViolation: (violation: Violation) => void,
  onChange: (operation: Watched) => void,
): World => {
  const random = seededRandom(seed);
  const scheduler = newScheduler(random.next);
  const tell = trace && ((line: string) => trace(`${String(scheduler.now()).padStart(7)}  ${line}`));
  const restoreScenario = isRestoreSeed(seed) ? withAlterations(drawRestoreScenario(seed, random), seed) : undefined;
  const scenario = restoreScenario?.base ?? drawBackups(seed, random);
  const side = newEngineSide({ scenario, scheduler, random, trace: tell });
  const engine = restoreScenario === undefined ? side : withRestores(side, () => world.restores?.onRestart());
  const clock = newDatabaseClock(scenario, scheduler, tell);
  const history = inMemoryHistory({ now: () => new Date(EPOCH_MS + scheduler.now() + clock.aheadMs()) });
  const { createsPerRepository, suspendAfterMs } = scenario;
  const world: World = {
    scenario,
    mutation,
    random,
    scheduler,
    engine,
    history: mutation.history?.(history) ?? history,
    queue: inMemoryQueue({ now: scheduler.now }),
    marks: inMemoryMarks(),
    watch: newWatch({
      now: scheduler.now,
      createsPerRepository,
      suspendAfterMs,
      clock,
      engine,
      neighbours: scenario.neighbours,
      staleMs: scenario.callFaults.staleList + scenario.callFaults.backwardList > 0 ? MAX_STALE_MS : 0,
      onViolation,
      onChange,
    }),
    trace: tell,
    jobs: [],
    heldBack: new Map(),
    workers: [],
    outages: { redisUntil: 0, historyUntil: 0, engineUntil: 0, createsUntil: 0, workersUntil: 0 },
    clock,
    stops: { ofTasks: 0, ofTicks: 0 },
    partitions: newPartitions(scenario, scheduler.now),
    calm: false,
    calmSince: undefined,
    unsettledUntil: 0,
    finishing: false,
    restores: undefined,
    sealing: undefined,
  };
  if (isSealedSeed(seed)) world.sealing = newSealing(world);
  if (restoreScenario !== undefined) world.restores = newRestores(world, restoreScenario);
  watchJumps(world);
  return world;
};

const drawBackups = (seed: number, random: Random): Scenario => {
  const drawn = withUnsteadyClock(drawScenario(seed, random));
  if (isStoppedSeed(seed)) return withStops(drawn, random);
  return isOrphanSeed(seed) ? withOrphans(drawn, random) : drawn;
};

const calmDown = (world: World): void => {
  world.calm = true;
  world.calmSince = world.scheduler.now();
  world.trace?.('world  is calm from here on');
  startWorkerIn(world, 0);
};

/** Time for the sweep to search for orphans, also where the lease of a worker that was killed must run out first: it lasts three of its periods. */
const REST_MS = SWEEP_EVERY_MS * (4 * ORPHAN_RUNS + 4);

/** What was on its way when a process was cut off has arrived by then. */
const PARTED_MS = 1_000;

type Asking = { readonly isDone: () => boolean };

/** Until nothing is left to happen, something is broken, or the calm has lasted too long. The number of steps. */
const runToRest = async (
  world: World,
  asking: readonly Asking[],
  violations: readonly Violation[],
): Promise<number> => {
  const { scheduler, scenario, watch } = world;
  const deadline = scenario.faultsForMs + CALM_MS;
  let restedSince: number | undefined;
  for (let steps = 1; ; steps += 1) {
    if (!(await scheduler.step()) || violations.length > 0) return steps;
    const now = scheduler.now();
    const isAtRest =
      world.calm &&
      now > world.partitions.untilMs + PARTED_MS &&
      watch.open() === 0 &&
      asking.every(({ isDone }) => isDone());
    restedSince = isAtRest ? (restedSince ?? now) : undefined;
    if (restedSince !== undefined && hasSettled(world, restedSince)) world.finishing = true;
    if ((world.finishing || now <= deadline) && steps < MAX_STEPS) continue;
    watch.broken('ends', `${watch.open()} operations are open after ${now} ms and ${steps} steps`);
  }
};

/** Nothing that is stopped or on its way can do anything any more, and the sweep had time to remove what it did. */
const hasSettled = ({ watch, restores, scheduler, unsettledUntil }: World, restedSince: number): boolean =>
  !([...watch.accepted.values()].some(isToGo) || watch.suspended().length > 0 || restores?.mayComeLate()) ||
  scheduler.now() > Math.max(restedSince, unsettledUntil) + REST_MS;
