import type { Server } from 'node:http';
import { connectEngine } from '@tandem/engine/registry.ts';
import { openWriteProbe } from '@tandem/history/postgres/connection/write-probe.ts';
import { openPrismaExports } from '@tandem/history/postgres/prisma-exports.ts';
import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import { historyGuard } from '@tandem/planning/guard/history-guard.ts';
import { snapshotMarks } from '@tandem/planning/guard/snapshot-marks.ts';
import { type KeysOfAnother, watchOwner } from '@tandem/planning/guard/watch-owner.ts';
import { optimizeProbe } from '@tandem/planning/optimize/optimize-probe.ts';
import { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import { openBullmqQueue } from '@tandem/queue/bullmq/bullmq-queue.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import { openRedisChangeFeed } from '@tandem/queue/redis/redis-change-feed.ts';
import { openRedisCounts } from '@tandem/queue/redis/redis-counts.ts';
import { openRedisInspection } from '@tandem/queue/redis/redis-inspection.ts';
import { openRedisMarks } from '@tandem/queue/redis/redis-marks.ts';
import { openRedisOwner } from '@tandem/queue/redis/redis-owner.ts';
import { newApiKey } from '@tandem/runtime/identity/new-api-key.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { newId } from '@tandem/runtime/new-id.ts';
import { sleepUnref } from '@tandem/runtime/process/sleep-unref.ts';
import { engineSettings, historySettings, redisSettings } from '@tandem/runtime/settings/connection-settings.ts';
import type { Settings } from '@tandem/runtime/settings/settings-catalogue.ts';
import { engineCredentialsNow, tlsTextsNow } from '@tandem/runtime/settings/start-settings.ts';
import { tandemVersion } from '@tandem/runtime/version.ts';
import { workerSeenWithinMs } from '@tandem/shared/domain/operation/worker-seen-within.ts';
import { defaultProfile, profiles } from '@tandem/shared/domain/profile.ts';
import { changeHub } from './backups/changes/change-hub.ts';
import { deleteBackup } from './backups/delete-backup.ts';
import { deleteNumberedBackup } from './backups/numbered/delete-numbered-backup.ts';
import { listNumberedBackups } from './backups/numbered/list-numbered-backups.ts';
import { readNumberedBackup } from './backups/numbered/read-numbered-backup.ts';
import { engineFacts } from './backups/read/engine-facts.ts';
import { findRecord } from './backups/read/find-record.ts';
import { readBackup } from './backups/read/read-backup.ts';
import { readBackupState, readStateNow } from './backups/read/read-backup-state.ts';
import { sharedReads } from './backups/read/shared-reads.ts';
import { afterAnswer } from './backups/request/after-answer.ts';
import { newBackupId } from './backups/request/new-backup-id.ts';
import { refusedRequests } from './backups/request/refused-requests.ts';
import { requestBackup } from './backups/request/request-backup.ts';
import { readCompatibility } from './compatibility/backup-compatibility.ts';
import { checkUpgrade } from './compatibility/upgrade-check.ts';
import { diagnose } from './doctor/diagnose.ts';
import { createMetrics } from './health/metrics.ts';
import { readReadiness, untilDraining } from './health/readiness.ts';
import { startWarnings } from './health/start-warnings.ts';
import { readBackupDetails } from './history/backup-details.ts';
import { exportHistory } from './history/export-history.ts';
import { openTls } from './http/tls/server-tls.ts';
import { idempotent } from './idempotency/idempotent.ts';
import { keysInDoubt } from './idempotency/keys-in-doubt.ts';
import { openIdentity } from './identity/identity.ts';
import { annotateBackup } from './labels/annotate-backup.ts';
import { makePlan } from './restores/make-plan.ts';
import { readRestore } from './restores/read-restores.ts';
import { readRunbook } from './restores/read-runbook.ts';
import { rehearseBackup } from './restores/rehearse-backup.ts';
import { requestRestore } from './restores/request-restore.ts';
import { routes } from './routes/index.ts';
import { createServers } from './servers.ts';
import { readStatus } from './status/read-status.ts';

export type Api = {
  readonly server: Server;
  /** For MANAGEMENT_PORT; undefined: there is none. */
  readonly managementServer: Server | undefined;
  /** Why the process must not start, with the engine's URLs or open to everyone; undefined: it may. */
  readonly refusal: () => Promise<string | undefined>;
  /** Await this before the server listens: rejects with KeysOfAnother if the keys in Redis belong to another history. */
  readonly own: () => Promise<void>;
  /** Resolves if that is detected later. */
  readonly foreign: Promise<KeysOfAnother>;
  /** Sentences about problems that an operator should fix, for the log at start. Never rejects. */
  readonly warnings: () => Promise<readonly string[]>;
  /** Finishes the work that follows sent responses, then closes the connections. */
  readonly close: () => Promise<void>;
};

/** How long facts about the engine are cached. */
const FACTS_MS = 15_000;
const READINESS_MS = 3_000;
/** Max wait for PostgreSQL to confirm the write probe; shorter than a request's, so that readiness can name the cause. */
const CONFIRM_MS = 2_000;
/** How often waiting callers are served without a notification. */
const SLOW_POLL_MS = 5_000;

/** Max concurrent exports; they share four connections to PostgreSQL. */
const EXPORTS = 4;

/** How often the owner of the keys in Redis is checked. */
const OWNER_EVERY_SWEEPS = 10;

export type Ending = {
  /** Aborted when the process should get no new requests. */
  readonly draining: AbortSignal;
  /** Aborted when it accepts no more requests. */
  readonly stopping: AbortSignal;
};

/** The only file of the API that creates clients. Opens no connection yet: a request that needs an unreachable service fails then. */
export const composeApi = (settings: Settings, log: Logger, { draining, stopping }: Ending): Api => {
  const history = openPrismaHistory({
    ...historySettings(settings),
    onConnectionLost: (error) => {
      log.warn({ err: error }, 'connection to PostgreSQL lost');
      guard.doubt();
    },
  });
  const exports = openPrismaExports({
    ...historySettings(settings),
    onConnectionLost: (error) => log.warn({ err: error }, 'connection to PostgreSQL lost'),
  });
  const writes = openWriteProbe({
    ...historySettings(settings),
    applicationName: 'tandem-readiness',
    confirmMs: CONFIRM_MS,
    now: () => performance.now(),
    onConnectionLost: (error) => log.warn({ err: error }, 'connection to PostgreSQL lost'),
  });
  const onError = (error: unknown) => log.warn({ err: error }, 'redis');
  const onOver = ({ message }: Error, times: number) => log.info({ reason: message, times }, 'over: redis');
  const redis = { ...redisSettings(settings), onError, onOver };
  const queue = openBullmqQueue(redis);
  const feed = openRedisChangeFeed(redis);
  const owner = openRedisOwner(redis);
  const marks = openRedisMarks(redis);
  const engine = connectEngine({
    ...engineSettings(settings, engineCredentialsNow),
    recordedCluster: () => history.lastCluster(),
    onUnreadable: (error) =>
      log.warn({ err: error }, 'credentials of the engine were rejected and cannot be read again'),
  });
  const { repository, indexPrefix } = settings;
  const guard = historyGuard({
    history,
    marks,
    snapshotMarks: snapshotMarks({ engine, history, profiles: Object.values(profiles), repository }),
    toleranceMs: settings.historyRollbackToleranceMs,
    witness: { actor: { kind: 'system', name: 'api' }, source: 'api' },
    log,
    now: () => performance.now(),
    sleep: sleepUnref,
  });
  const ownership = watchOwner({
    ...{ history, owner, log, prefix: settings.redisPrefix },
    everyMs: OWNER_EVERY_SWEEPS * settings.sweepIntervalMs,
    sleep: sleepUnref,
  });

  const after = afterAnswer(log);
  const facts = engineFacts(engine, FACTS_MS, () => performance.now());
  const metrics = createMetrics({
    figures: () => history.figures(),
    line: () => history.readLine([]),
    queueHealth: () => queue.health(),
  });
  const enqueue = after.batched<OperationJob>('queue what was accepted', { limit: 500, max: 100_000 }, (jobs) =>
    queue.enqueue(jobs),
  );
  const hub = changeHub({ history, feed, log, everyMs: SLOW_POLL_MS });
  const reading = { profile: defaultProfile, indexPrefix, repository, engine, facts, history, now: () => new Date() };
  const readOne = readBackup({ ...reading, afterAnswer: after.run });
  const remove = deleteBackup({
    history,
    readBackup: readOne,
    location: () => (repository === undefined ? undefined : facts.lastLocation(repository)),
    enqueue,
    announce: feed.announce,
    newId,
  });
  const listAll = listNumberedBackups(reading);
  const listNumbered = sharedReads((_, context) => listAll(context));
  const backUp = requestBackup({
    profile: defaultProfile,
    settings: { repository, indexPrefix, optimizeVersion: settings.optimizeVersion },
    engine,
    facts,
    history,
    newId,
    enqueue,
    announce: feed.announce,
  });
  const nextBackupId = () => newBackupId(new Date(), newId());
  const gather = gatherPlan({
    engine,
    history,
    configuredVersion: settings.optimizeVersion,
    indexPrefix,
    repository,
    optimizeAnswersAt: optimizeProbe(settings.optimizeUrl, settings.optimizeGatewayError),
  });
  const accepting = { history, newId, enqueue, announce: feed.announce };
  const planning = { findRecord: findRecord({ ...reading, afterAnswer: after.run }), gather, history };
  const plan = makePlan(planning);
  const ready = readReadiness({
    ...{ history, checkWrites: writes.check, queue, engine, repository, withinMs: READINESS_MS },
    engineWarnings: async () => (await engine.checkAddresses()).warnings,
    workerSeenWithinMs: workerSeenWithinMs(settings.sweepIntervalMs),
  });
  const runDoctor = diagnose({
    ...{ history, engine, repository, indexPrefix, newId, tandemVersion, now: () => new Date(), sleep: sleepUnref },
    redis: { owner: owner.read, prefix: settings.redisPrefix },
    openInspection: () => openRedisInspection({ ...redis, onError: () => undefined, onOver: undefined }),
    optimizeVersion: settings.optimizeVersion,
    workerSeenWithinMs: workerSeenWithinMs(settings.sweepIntervalMs),
    afterwards: (work) => after.run('delete what the doctor created', () => work),
  });
  const now = () => performance.now();
  const { onDenied } = metrics;
  const counts = openRedisCounts(redis);
  const identity = openIdentity({
    ...{ settings, log, history, counts, onDenied, after: after.run, now, sleep: sleepUnref },
  });
  const tls = openTls(settings, tlsTextsNow, log);
  const { server, managementServer } = createServers({
    tls,
    log,
    newId,
    requestTimeoutMs: settings.requestTimeoutMs,
    keepAliveMs: settings.keepAliveMs,
    draining,
    publicUrl: settings.publicUrl,
    trustProxy: settings.trustProxy,
    stopping,
    onRefused: refusedRequests(history, after),
    onDenied: identity.onDenied,
    onAnswered: metrics.onAnswered,
    gates: identity.gates,
    managementPort: settings.managementPort,
    routes: routes({
      requestBackup: backUp,
      readBackupState: readBackupState({ ...reading, afterAnswer: after.run }),
      readBackup: sharedReads(readBackupDetails({ ...reading, afterAnswer: after.run })),
      annotateBackup: annotateBackup({ history, findRecord: planning.findRecord, announce: feed.announce }),
      deleteBackup: remove,
      listNumberedBackups: (context) => listNumbered('', context),
      readNumberedBackup: sharedReads(readNumberedBackup({ ...reading, afterAnswer: after.run })),
      deleteNumberedBackup: deleteNumberedBackup({ repository, indexPrefix, engine, facts, deleteBackup: remove }),
      makePlan: plan,
      requestRestore: requestRestore({
        ...accepting,
        makePlan: plan,
        repository,
      }),
      rehearseBackup: rehearseBackup({ ...accepting, ...planning }),
      readRestore: sharedReads(readRestore({ history, engine, now: () => new Date() })),
      readRunbook: readRunbook({ ...planning, history }),
      readCompatibility: readCompatibility({ ...planning, history, engine: facts.engine }),
      checkUpgrade: checkUpgrade({ history, engine, indexPrefix }),
      guard,
      facts,
      idempotent: idempotent({ history, releaseLater: keysInDoubt({ history, stopping }) }),
      beforeWrite: guard.ready,
      publicUrl: settings.publicUrl,
      exportTo: exportHistory({ exports, max: EXPORTS, now: () => new Date() }),
      hub,
      ...accepting,
      engine,
      configured: repository,
      onChanged: (name) => after.run('read the repository again', () => facts.freshLocation(name)),
      ...{ now, apiKeys: history, newApiKey, onKeysChanged: identity.onKeysChanged, doctorRuns: history },
      runDoctor,
      log,
      newBackupId: nextBackupId,
      readReadiness: untilDraining(ready, draining),
      readStatus: readStatus({
        ...{ history, readReadiness: ready, now: () => new Date(), withinMs: READINESS_MS },
        readState: readStateNow({ ...reading, afterAnswer: after.run }),
        workerSeenWithinMs: workerSeenWithinMs(settings.sweepIntervalMs),
      }),
      ...{ metrics, browserSessions: identity.browserSessions },
    }),
  });

  const close = async () => {
    ownership.stop();
    tls?.close();
    hub.close();
    await identity.close();
    await after.drained();
    await Promise.all(
      [queue, feed, marks, owner, counts, history, exports, writes, engine].map((part) => part.close()),
    );
  };
  const refusal = async () => (await engine.checkAddresses()).refusal ?? (await identity.start());
  return {
    server,
    managementServer,
    refusal,
    own: ownership.start,
    foreign: ownership.foreign,
    warnings: async () => [...identity.warnings(), ...startWarnings(await ready())],
    close,
  };
};
