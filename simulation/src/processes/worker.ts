import type { Engine } from '@tandem/engine/port.ts';
import { withSharedPolls } from '@tandem/engine/shared-polls.ts';
import { type HistoryGuard, historyGuard } from '@tandem/planning/guard/history-guard.ts';
import { snapshotMarks } from '@tandem/planning/guard/snapshot-marks.ts';
import type { JobHandler, OperationJob } from '@tandem/queue/port.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import type { ClockWatch } from '@tandem/worker/background/watch-clock.ts';
import { createJob } from '@tandem/worker/jobs/create/create.ts';
import { deleteJob } from '@tandem/worker/jobs/delete/delete.ts';
import type { JobCatalogue, OperationJobHandler } from '@tandem/worker/jobs/job.ts';
import { runTick, type Tick } from '@tandem/worker/tick.ts';
import { compareClocks } from '../faults/compare-clocks.ts';
import { leasedEngine, tickEngine } from '../leases/tick-engine.ts';
import { RESTORED } from '../restores/restore-people.ts';
import { restoreJobs } from '../restores/restore-worker.ts';
import { type SimulatedWorker, unsettleUntil } from '../scenario/scene.ts';
import { JOB_LOCK_MS, LEASE_MS, QUIET_MS } from '../scenario/timing.ts';
import { dispatch, type World } from '../scenario/world.ts';
import { startBackground } from './background.ts';
import { newProcess } from './new-process.ts';
import { noJob } from './no-job.ts';
import { logger } from './process-logger.ts';
import { engineOf, historyOf, marksOf, queueOf, readingEngineOf } from './process-ports.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import { withWatchedCalls } from './watched-calls.ts';

/** Long attempts and patience, as in the default settings, unless the scenario sets the number of tries. */
const policyOf = (maxAttempts: number | undefined) => ({
  transient: {
    initialBackoffMs: 500,
    maxBackoffMs: 20_000,
    maxAttempts: maxAttempts ?? 1_000,
    maxElapsedMs: 14_400_000,
  },
  operator: {
    initialBackoffMs: 1_000,
    maxBackoffMs: 20_000,
    maxAttempts: maxAttempts ?? 10_000,
    maxElapsedMs: 86_400_000,
  },
});
/** The defaults of the settings. */
const ROLLBACK_TOLERANCE_MS = 300_000;
const ACTOR = { kind: 'system', name: 'worker' } as const;

/** A worker as apps/worker composes it, as a process of the simulation. */
export const startWorker = (world: World): SimulatedWorker => {
  const { queue, random, scheduler } = world;
  const name = `worker-${world.workers.length + 1}`;
  let consumer = queue.openConsumer();
  let isConsuming = true;

  /** Jobs stay with a worker that gives no sign until their lock has run out. */
  const abandonJobs = (): void => {
    const left = consumer;
    isConsuming = false;
    void left.stop(0);
    scheduler.after(random.between(JOB_LOCK_MS / 2, JOB_LOCK_MS * 2), () => {
      left.crash();
      dispatch(world, 0);
    });
  };
  const process = newProcess(world, name, {
    onFreeze: abandonJobs,
    onDeath: () => {
      abandonJobs();
      if (!world.finishing) startWorkerIn(world, random.between(0, 8_000));
    },
    onWake: () => {
      // until now nobody could work: all others are gone, stopped too, or cut off
      if (!world.workers.some((other) => other.process !== process && isAble(world, other)))
        world.outages.workersUntil = Math.max(world.outages.workersUntil, scheduler.now());
      reconnect();
    },
  });
  const guard = guardOf(world, process);
  const clock = compareClocks(world, process);
  const run = runTick(newTick(world, process, clock));
  const handle = handlerOf(world, process, async (job) => {
    await guard.ready();
    return run(job);
  });

  const reconnect = (): void => {
    if (isConsuming || world.partitions.isCutOff(name, 'queue')) return;
    isConsuming = true;
    consumer = queue.openConsumer();
    consumer.start(handle);
    dispatch(world, 0);
  };
  for (const { sinceMs, untilMs } of world.partitions.ofConsumer(name)) {
    process.later(sinceMs - scheduler.now(), abandonJobs);
    process.later(untilMs - scheduler.now(), reconnect);
  }
  consumer.start(handle);
  dispatch(world, 0);
  startBackground(world, process, { guard, clock });
  const worker = { process, deliver: (job: OperationJob) => process.later(0, () => void handle(job)) };
  world.workers.push(worker);
  world.trace?.(`${name}  starts`);
  return worker;
};

const isAble = ({ partitions }: World, { process }: SimulatedWorker): boolean =>
  !process.isDead() &&
  !process.isFrozen() &&
  !(['history', 'engine', 'queue'] as const).some((port) => partitions.isCutOff(process.name, port));

/** Not before those who were sent away may come back. */
export const startWorkerIn = (world: World, inMs: number): void => {
  const { scheduler, outages } = world;
  scheduler.after(Math.max(inMs, outages.workersUntil - scheduler.now()), () => void startWorker(world));
};

/** Every worker dies, and for so long none is started. */
export const sendWorkersAway = (world: World, forMs: number): void => {
  const { scheduler, outages, workers } = world;
  world.trace?.(`world  there are no workers for ${forMs} ms`);
  outages.workersUntil = scheduler.now() + forMs;
  unsettleUntil(world, outages.workersUntil);
  for (const { process } of workers) process.crash('for long');
};

const handlerOf =
  (world: World, process: SimulatedProcess, run: JobHandler): JobHandler =>
  async (job) => {
    try {
      const outcome = await run(job);
      if (outcome.next === 'done') return outcome;
      // whoever cannot tell Redis that a job is to run again has lost it
      if (world.outages.redisUntil > world.scheduler.now() || world.partitions.isCutOff(process.name, 'queue'))
        return { next: 'done' };
      dispatch(world, outcome.inMs);
      return outcome;
    } catch (error) {
      if (!isFailure(error, 'HISTORY_UNREACHABLE'))
        world.watch.broken('quiet', `a tick rejected with ${String(error)}`);
      return { next: 'done' };
    }
  };

const guardOf = (world: World, process: SimulatedProcess): HistoryGuard => {
  const history = historyOf(world, process);
  const engine = readingEngineOf(world, process);
  return historyGuard({
    ...{ history, marks: marksOf(world, process), toleranceMs: ROLLBACK_TOLERANCE_MS },
    snapshotMarks: snapshotMarks({
      engine,
      history,
      profiles: [defaultProfile],
      repository: world.scenario.requests[0]?.repository,
    }),
    witness: { actor: ACTOR, source: 'worker' },
    log: logger(world, process),
    now: world.scheduler.now,
    sleep: (ms) => new Promise<void>((resolve) => void process.later(ms, resolve)),
  });
};

const newTick = (world: World, process: SimulatedProcess, clock: ClockWatch): Tick => {
  const { scenario, scheduler, random, mutation } = world;
  // counts from when the process began, on a machine of its own
  const origin = random.between(0, 1_000_000);
  const monotonic = () => scheduler.now() - origin;
  return {
    ledger: historyOf(world, process),
    queue: queueOf(world, process),
    jobs: jobsOf(world, process, clock),
    claim: {
      worker: process.name,
      leaseMs: LEASE_MS,
      createsPerRepository: scenario.createsPerRepository,
      queuedRetryMs: 30_000,
      get suspendAfterMs() {
        return scenario.suspendAfterMs + clock.jumpedMs();
      },
    },
    policy: policyOf(scenario.maxAttempts),
    actor: ACTOR,
    announce: () => undefined,
    log: logger(world, process),
    clock: {
      now: mutation.clock?.(monotonic, process) ?? monotonic,
      every: process.every,
    },
    jitter: random.next,
  };
};

const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** The real jobs; their engine is made for each tick, so that a call is known by the claim it is sent under. */
const jobsOf = (world: World, process: SimulatedProcess, { nowSince }: ClockWatch): JobCatalogue => {
  const { restores } = world;
  const direct = restores === undefined ? withoutManifests(engineOf(world, process)) : engineOf(world, process);
  const engine = world.scenario.sharedPolls
    ? withSharedPolls(direct, { windowMs: 5, schedule: (task, ms) => process.later(ms, task) })
    : direct;
  const { mutation } = world;
  const log = logger(world, process);
  const rest = {
    polling: { minMs: 100, maxMs: 5_000 },
    actor: ACTOR,
    tandemVersion: '0.1.0',
    vanishedMs: 1_000,
    quietMs: mutation.quietMs ?? QUIET_MS,
    nowSince,
    expiryMs: restores?.scenario.expiryMs ?? NEVER_MS,
    history: historyOf(world, process),
    configuredVersion: undefined,
    enqueue: queueOf(world, process).enqueue,
    log,
  };
  const restoring = restores && restoreJobs(world, restores, process, { ...rest, engine });
  const handlerOfKind = (job: typeof createJob | typeof deleteJob): OperationJobHandler => {
    const handler: OperationJobHandler = (operation, tools) => {
      const manifests = operation.backup.backupId === RESTORED ? restores?.manifests : undefined;
      const direct = withWatchedCalls(world, manifests?.over(engine, operation) ?? engine, operation);
      const watched = leasedEngine(world, process, direct, operation);
      const seen = { ...watched, ...mutation.engine?.(watched, operation) };
      return job({ ...rest, engine: tickEngine(mutation, seen, operation, tools) })(operation, tools);
    };
    return mutation.handler?.(handler) ?? handler;
  };
  return {
    create: { run: handlerOfKind(createJob), giveUp: undefined },
    delete: { run: handlerOfKind(deleteJob), giveUp: undefined },
    ...(restoring ?? { restore: noJob, rehearse: noJob }),
  };
};

/** Manifests are taken where restores read them. The other seeds draw the engine that refuses to describe indices: a backup goes on without. */
const withoutManifests = (engine: Engine): Engine => {
  const refuse = (call: string) => async (): Promise<never> => {
    throw fail('ENGINE_FORBIDDEN', 'The engine does not describe indices (simulated).', { call });
  };
  return {
    ...engine,
    describeIndices: refuse('describeIndices'),
    measureIndices: refuse('measureIndices'),
    readTemplates: refuse('readTemplates'),
  };
};
