import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectEngine } from '@tandem/engine/registry.ts';
import { withSharedPolls } from '@tandem/engine/shared-polls.ts';
import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import { sha256 } from '@tandem/planning/digest.ts';
import { historyGuard } from '@tandem/planning/guard/history-guard.ts';
import { snapshotMarks } from '@tandem/planning/guard/snapshot-marks.ts';
import { type KeysOfAnother, watchOwner } from '@tandem/planning/guard/watch-owner.ts';
import { optimizeProbe } from '@tandem/planning/optimize/optimize-probe.ts';
import { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import { openBullmqQueue } from '@tandem/queue/bullmq/bullmq-queue.ts';
import { openBullmqConsumer } from '@tandem/queue/bullmq/bullmq-worker.ts';
import type { JobHandler } from '@tandem/queue/port.ts';
import { openRedisChangeFeed } from '@tandem/queue/redis/redis-change-feed.ts';
import { openRedisMarks } from '@tandem/queue/redis/redis-marks.ts';
import { openRedisOwner } from '@tandem/queue/redis/redis-owner.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { newId } from '@tandem/runtime/new-id.ts';
import { every } from '@tandem/runtime/process/every.ts';
import { sleepUnref } from '@tandem/runtime/process/sleep-unref.ts';
import { retryPolicies } from '@tandem/runtime/settings/catalogue/retry-settings.ts';
import { engineSettings, historySettings, redisSettings } from '@tandem/runtime/settings/connection-settings.ts';
import type { Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import { engineCredentialsNow } from '@tandem/runtime/settings/start-settings.ts';
import { tandemVersion } from '@tandem/runtime/version.ts';
import { profiles } from '@tandem/shared/domain/profile.ts';
import { withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import { engineUpkeepTask } from './background/engine-upkeep.ts';
import { type BackgroundTask, runEverywhere, runRegularly } from './background/leader.ts';
import { oldestIndicesTask } from './background/record-oldest-indices.ts';
import { reportLateRestores } from './background/report-late-restores.ts';
import { createSealer, sealTask } from './background/seal.ts';
import { sealSigner } from './background/seal-signer.ts';
import { sweepTask } from './background/sweep.ts';
import { watchClock } from './background/watch-clock.ts';
import { createHealthServer } from './health-server.ts';
import { jobCatalogue } from './jobs/index.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { reconcileTask } from './reconcile/reconcile-regularly.ts';
import { createObserver } from './suspended/observe-creates.ts';
import { suspendUnclaimed } from './suspended/suspend-unclaimed.ts';
import { runTick, type Tick } from './tick.ts';

export type WorkerProcess = {
  /** Why the worker must not start with the engine's addresses. */
  readonly refusal: () => Promise<string | undefined>;
  /** Resolves with the port of liveness and metrics; undefined: none is configured. Rejects if the port is in use, and with KeysOfAnother. */
  readonly start: () => Promise<number | undefined>;
  /** Resolves if the keys in Redis are found after the start to belong to another history. */
  readonly foreign: Promise<KeysOfAnother>;
  /** Takes no more jobs, awaits running ticks, and closes the connections. */
  readonly stop: () => Promise<void>;
};

/** Ticks that poll within this time share one call to the engine. */
const SHARED_POLL_MS = 5;
/** How late a delayed worker may still send a create after its operation has ended. */
const ORPHANS_WITHIN_MS = 3_600_000;
/** Wait before a vanished snapshot is created again; doubled each time. */
const VANISHED_MS = 1_000;
/** Max poll interval of a create that waits behind others; the end of the one before makes it due at once. */
const QUEUED_RETRY_MS = 30_000;

/** How often the owner of the keys in Redis is checked. */
const OWNER_EVERY_SWEEPS = 10;

/** The only file of the worker that creates clients. `note` is called with each job that starts. */
export const composeWorker = (settings: Settings, log: Logger, note: (job: string) => void): WorkerProcess => {
  const name = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const actor = { kind: 'system', name: 'worker' } as const;
  const sweeper = { kind: 'system', name: 'sweep' } as const;
  const history = openPrismaHistory({
    ...historySettings(settings),
    onConnectionLost: (error) => {
      log.warn({ err: error }, 'connection to PostgreSQL lost');
      guard.doubt();
    },
  });
  const onError = (error: unknown) => log.warn({ err: error }, 'queue');
  const onOver = ({ message }: Error, times: number) => log.info({ reason: message, times }, 'over: queue');
  const redis = { ...redisSettings(settings), onError, onOver };
  const marks = openRedisMarks(redis);
  const owner = openRedisOwner(redis);
  const queue = openBullmqQueue(redis);
  const feed = openRedisChangeFeed(redis);
  const direct = connectEngine({
    ...engineSettings(settings, engineCredentialsNow),
    recordedCluster: () => history.lastCluster(),
    onUnreadable: (error) =>
      log.warn({ err: error }, 'credentials of the engine were rejected and cannot be read again'),
  });
  const engine = withSharedPolls(direct, {
    windowMs: SHARED_POLL_MS,
    schedule: (task, ms) => void setTimeout(task, ms),
  });
  const consumer = openBullmqConsumer({
    ...redis,
    concurrency: settings.concurrency,
    lockMs: settings.jobLockMs,
    stalledCheckIntervalMs: settings.stalledCheckIntervalMs,
  });
  const { repository } = settings;
  const guard = historyGuard({
    history,
    marks,
    snapshotMarks: snapshotMarks({ engine: direct, history, profiles: Object.values(profiles), repository }),
    toleranceMs: settings.historyRollbackToleranceMs,
    witness: { actor, source: 'worker' },
    log,
    now: () => performance.now(),
    sleep: sleepUnref,
  });
  const ownership = watchOwner({
    ...{ history, owner, log, prefix: settings.redisPrefix },
    everyMs: OWNER_EVERY_SWEEPS * settings.sweepIntervalMs,
    sleep: sleepUnref,
  });
  const optimizeAnswersAt = optimizeProbe(settings.optimizeUrl, settings.optimizeGatewayError);
  const clock = watchClock({ history, now: () => performance.now(), log });
  const jobs = {
    engine,
    history,
    gather: gatherPlan({
      ...{ engine, history, repository, optimizeAnswersAt },
      indexPrefix: settings.indexPrefix,
      configuredVersion: settings.optimizeVersion,
    }),
    configuredVersion: settings.optimizeVersion,
    enqueue: queue.enqueue,
    optimizeAnswersAt,
    polling: { minMs: settings.pollIntervalMinMs, maxMs: settings.pollIntervalMaxMs },
    actor,
    tandemVersion,
    vanishedMs: VANISHED_MS,
    interruptedMs: settings.interruptedRetryDelayMs,
    quietMs: settings.leaseMs + settings.engineMasterMs,
    nowSince: clock.nowSince,
    expiryMs: settings.restoreExpiryMs,
    log,
  };
  const health = createHealthServer();
  const tick: Tick = {
    ledger: history,
    queue,
    jobs: jobCatalogue(jobs),
    claim: {
      worker: name,
      leaseMs: settings.leaseMs,
      createsPerRepository: settings.createsPerRepository,
      queuedRetryMs: QUEUED_RETRY_MS,
      get suspendAfterMs() {
        return settings.suspendAfterMs + clock.jumpedMs();
      },
    },
    policy: retryPolicies(settings),
    interruptedMs: settings.interruptedRetryDelayMs,
    actor,
    announce: feed.announce,
    log,
    onRecorded: health.recorded,
    onUnexpected: (kind) => health.unexpected(kind),
    clock: { now: () => performance.now(), every },
    jitter: Math.random,
  };
  const sealing = {
    history,
    digest: sha256,
    mark: guard.mark,
    signer: settings.sealKey === undefined ? undefined : sealSigner(settings.sealKey),
    log,
  };
  const reconciler = { kind: 'system', name: 'reconcile' } as const;
  const comparing = {
    engine,
    history,
    profiles: Object.values(profiles),
    repository,
    indexPrefix: settings.indexPrefix,
    ofOthers: new Set<string>(),
    witness: { actor: reconciler, source: 'worker' } as const,
    lateMs: ORPHANS_WITHIN_MS,
    now: () => new Date(),
    announce: feed.announce,
    log,
  };
  const cleaning = { history, engine, actor, log, withinMs: ORPHANS_WITHIN_MS };
  const suspending = {
    ...{ history, engine, actor: sweeper, announce: feed.announce, log },
    onRecorded: health.recorded,
  };
  const tasks: readonly BackgroundTask[] = [
    sweepTask(
      {
        ledger: history,
        queue,
        watchHistory: guard.watch,
        suspendUnclaimed: async () => {
          if (!(await clock.observe())) return 0;
          return suspendUnclaimed({ ...suspending, suspendAfterMs: settings.suspendAfterMs + clock.jumpedMs() });
        },
        log,
      },
      settings.sweepIntervalMs,
    ),
    engineUpkeepTask(
      {
        cleaning,
        observeSuspended: createObserver(suspending),
        reportLate: reportLateRestores({ ...cleaning, now: () => new Date() }),
        isIntact: guard.watch,
      },
      settings.sweepIntervalMs,
    ),
    oldestIndicesTask({ history, log }, { sweepIntervalMs: settings.sweepIntervalMs, now: () => performance.now() }),
    sealTask(createSealer(sealing), settings.sealIntervalMs),
    reconcileTask(
      {
        reconcile: (term) => reconcile({ ...comparing, ...term }),
        history,
        actor: reconciler,
        newId,
        everyMs: settings.reconcileIntervalMs === 0 ? undefined : settings.reconcileIntervalMs,
        log,
      },
      settings.sweepIntervalMs,
    ),
  ];
  let stopTasks: readonly (() => Promise<void>)[] = [];
  const start = async () => {
    const port =
      settings.workerPort === undefined ? undefined : await health.listen(settings.workerPort, settings.host);
    const run = runTick(tick);
    const checked: JobHandler = async (job) => {
      await guard.ready();
      note(`operation ${job.operationId}`);
      return run(job);
    };
    await ownership.start();
    void ownership.owned.then(() => consumer.start(health.measured(checked)));
    stopTasks = [
      ...tasks.map((task) => runRegularly({ history, holder: name, clock: tick.clock, log }, task)),
      runEverywhere(log, { name: 'clock', everyMs: settings.sweepIntervalMs, run: clock.observe }),
    ];
    return port;
  };
  const stop = async () => {
    const withinMs = settings.shutdownMs - 1_000;
    ownership.stop();
    const tasksEnd = Promise.all(stopTasks.map((end) => end()));
    const tasksStopped = withTimeLimit(sleep, withinMs, tasksEnd, () => undefined);
    const all = await consumer.stop(withinMs);
    await tasksStopped;
    if (!all) log.warn('some ticks did not end in time; another worker will resume them');
    await Promise.all([health, queue, feed, marks, owner, history, engine].map((part) => part.close()));
  };
  const refusal = async () => {
    const { warnings, refusal } = await direct.checkAddresses();
    for (const warning of warnings) log.warn(warning);
    return refusal;
  };
  return { refusal, start, stop, foreign: ownership.foreign };
};
