import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { engines } from '@tandem/engine/registry.ts';
import { withSharedPolls } from '@tandem/engine/shared-polls.ts';
import { openPrismaHistory } from '@tandem/history/prisma-history.ts';
import { gatherPlan } from '@tandem/planning/gather-plan.ts';
import { optimizeProbe } from '@tandem/planning/optimize-probe.ts';
import { openBullmqQueue } from '@tandem/queue/bullmq-queue.ts';
import { openBullmqConsumer } from '@tandem/queue/bullmq-worker.ts';
import { openRedisChangeFeed } from '@tandem/queue/redis-change-feed.ts';
import { engineSettings, historySettings, redisSettings } from '@tandem/runtime/connection-settings.ts';
import { every } from '@tandem/runtime/every.ts';
import type { Logger } from '@tandem/runtime/logger.ts';
import { newId } from '@tandem/runtime/new-id.ts';
import type { Settings } from '@tandem/runtime/read-settings.ts';
import { retryPolicies } from '@tandem/runtime/retry-settings.ts';
import { tandemVersion } from '@tandem/runtime/version.ts';
import { profiles } from '@tandem/shared/domain/profile.ts';
import { createHealthServer } from './health-server.ts';
import { givenUpHandlers, jobHandlers } from './jobs/index.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { reconcileRegularly } from './reconcile/reconcile-regularly.ts';
import { removeRehearsals } from './remove-rehearsals.ts';
import { removeStrays } from './remove-strays.ts';
import { createSealer, sealRegularly } from './seal.ts';
import { sealSigner } from './seal-signer.ts';
import { sweepRegularly } from './sweep.ts';
import { runTick, type Tick } from './tick.ts';

export type WorkerProcess = {
  /** Resolves with the port that liveness and metrics answer on; undefined: none is configured. Rejects where it is taken. */
  readonly start: () => Promise<number | undefined>;
  /** Takes no more jobs, lets ticks under way end, and closes the connections. */
  readonly stop: () => Promise<void>;
};

/** Ticks that ask within this time share one call to the engine. */
const SHARED_POLL_MS = 5;
/** How long a worker may have slept that sends a create of an operation that has ended. */
const STRAYS_WITHIN_MS = 3_600_000;
/** Waited before a snapshot that vanished is made again; doubled each time. */
const VANISHED_MS = 1_000;
/** A create that others precede is looked at again at the latest then; the end of the one before makes it due at once. */
const QUEUED_RETRY_MS = 30_000;

/** The one place of the worker that makes clients. */
export const composeWorker = (settings: Settings, log: Logger): WorkerProcess => {
  const name = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const actor = { kind: 'system', name: 'worker' } as const;
  const history = openPrismaHistory({
    ...historySettings(settings),
    onConnectionLost: (error) => log.warn({ err: error }, 'connection to PostgreSQL lost'),
  });
  const onError = (error: unknown) => log.warn({ err: error }, 'queue');
  const queue = openBullmqQueue({ ...redisSettings(settings), onError });
  const feed = openRedisChangeFeed({ ...redisSettings(settings), onError });
  const direct = engines.elasticsearch(engineSettings(settings, settings.elasticsearchUrl ?? ''));
  const engine = withSharedPolls(direct, {
    windowMs: SHARED_POLL_MS,
    schedule: (task, ms) => void setTimeout(task, ms),
  });
  const consumer = openBullmqConsumer({
    ...redisSettings(settings),
    concurrency: settings.concurrency,
    lockMs: settings.jobLockMs,
    stalledCheckMs: settings.stalledCheckMs,
    onError,
  });
  const optimizeAnswersAt = optimizeProbe(settings.optimizeUrl);
  const jobs = {
    engine,
    history,
    gather: gatherPlan({ engine, history, configuredVersion: settings.optimizeVersion, optimizeAnswersAt }),
    optimizeAnswersAt,
    polling: { firstMs: settings.pollFirstMs, mostMs: settings.pollMostMs },
    actor,
    tandemVersion,
    vanishedMs: VANISHED_MS,
    quietMs: settings.leaseMs + settings.engineMasterMs,
    log,
  };
  const tick: Tick = {
    ledger: history,
    queue,
    handlers: jobHandlers(jobs),
    givenUp: givenUpHandlers(jobs),
    claim: {
      worker: name,
      leaseMs: settings.leaseMs,
      createsPerRepository: settings.createsPerRepository,
      queuedRetryMs: QUEUED_RETRY_MS,
    },
    policy: retryPolicies(settings),
    actor,
    announce: feed.announce,
    log,
    clock: { now: () => performance.now(), every },
    jitter: Math.random,
  };
  const sealing = {
    history,
    digest: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest(),
    signer: settings.sealKey === undefined ? undefined : sealSigner(settings.sealKey),
    holder: name,
    everyMs: settings.sealEveryMs,
    log,
  };
  let stopSealing: (() => Promise<void>) | undefined;
  const reconciler = { kind: 'system', name: 'reconcile' } as const;
  const comparing = {
    engine,
    history,
    profiles: Object.values(profiles),
    repository: settings.repository,
    indexPrefix: settings.indexPrefix,
    witness: { actor: reconciler, source: 'worker' } as const,
    lateMs: STRAYS_WITHIN_MS,
    now: () => new Date(),
    announce: feed.announce,
    log,
  };
  let stopReconciling: (() => Promise<void>) | undefined;
  let stopSweep: (() => Promise<void>) | undefined;
  const health = createHealthServer();
  const start = async () => {
    const port =
      settings.workerPort === undefined ? undefined : await health.listen(settings.workerPort, settings.host);
    consumer.start(health.measured(runTick(tick)));
    const strays = { history, engine, actor, log, withinMs: STRAYS_WITHIN_MS };
    stopSweep = sweepRegularly({
      removeStrays: async () => (await removeStrays(strays)) + (await removeRehearsals(strays)),
      ledger: history,
      queue,
      holder: name,
      everyMs: settings.sweepEveryMs,
      log,
    });
    stopSealing = sealRegularly(createSealer(sealing), sealing);
    stopReconciling = reconcileRegularly({
      reconcile: (assertHeld) => reconcile({ ...comparing, assertHeld }),
      history,
      holder: name,
      actor: reconciler,
      newId,
      everyMs: settings.reconcileEveryMs === 0 ? undefined : settings.reconcileEveryMs,
      pollMs: settings.sweepEveryMs,
      every,
      log,
    });
    return port;
  };
  const stop = async () => {
    const othersStopped = Promise.all([stopSweep?.(), stopSealing?.(), stopReconciling?.()]).catch(onError);
    const all = await consumer.stop(settings.shutdownMs - 1_000);
    await othersStopped;
    if (!all) log.warn('some ticks had not ended: another worker carries them on');
    await Promise.all([health.close(), queue.close(), feed.close(), history.close(), engine.close()]);
  };
  return { start, stop };
};
