import { engineFacts } from '@tandem/api/backups/read/engine-facts.ts';
import { readBackupState } from '@tandem/api/backups/read/read-backup-state.ts';
import { afterAnswer } from '@tandem/api/backups/request/after-answer.ts';
import { refusedRequests } from '@tandem/api/backups/request/refused-requests.ts';
import { requestBackup } from '@tandem/api/backups/request/request-backup.ts';
import { createMetrics } from '@tandem/api/health/metrics.ts';
import { access } from '@tandem/api/identity/access.ts';
import { createGate } from '@tandem/api/identity/gate.ts';
import { optimizeBackupRoutes } from '@tandem/api/routes/optimize-backup.ts';
import { createHttpServer } from '@tandem/api/server.ts';
import { openPrismaHistory } from '@tandem/history/postgres/prisma-history.ts';
import { openBullmqQueue } from '@tandem/queue/bullmq/bullmq-queue.ts';
import { createLogger } from '@tandem/runtime/logging/logger.ts';
import { newId } from '@tandem/runtime/new-id.ts';
import { historySettings, redisSettings } from '@tandem/runtime/settings/connection-settings.ts';
import { readSettings } from '@tandem/runtime/settings/read-settings.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { serve } from '../stack/program.ts';
import { engineFromMemory } from './engine-from-memory.ts';

/** The API as apps/api/src/compose.ts makes it, with an in-memory engine. */
const { settings } = readSettings({ environment: process.env, arguments: [] });
const log = createLogger('api', settings);
const history = openPrismaHistory(historySettings(settings));
const queue = openBullmqQueue({ ...redisSettings(settings), onError: (error) => log.warn({ err: error }, 'redis') });
const engine = engineFromMemory();
const after = afterAnswer(log);
const facts = engineFacts(engine, 15_000, () => performance.now());
const metrics = createMetrics({
  figures: () => history.figures(),
  line: () => history.readLine([]),
  queueHealth: () => queue.health(),
});
const { repository, indexPrefix, optimizeVersion } = settings;

/** As on a loopback address without keys. */
const gate = createGate({
  access,
  authenticate: async () => undefined,
  exposureOf: () => ({ chosen: undefined, loopback: true, hasIssuer: false }),
  publicUrl: undefined,
  keys: { known: () => false, ask: async () => false },
  limits: { failed: async () => undefined, accepted: async () => undefined },
});

const server = createHttpServer({
  log,
  newId,
  requestTimeoutMs: settings.requestTimeoutMs,
  keepAliveMs: 65_000,
  draining: new AbortController().signal,
  stopping: new AbortController().signal,
  gate,
  onDenied: () => undefined,
  onRefused: refusedRequests(history, after),
  onAnswered: metrics.onAnswered,
  routes: optimizeBackupRoutes({
    requestBackup: requestBackup({
      profile: defaultProfile,
      settings: { repository, indexPrefix, optimizeVersion },
      engine,
      facts,
      history,
      newId,
      announce: () => undefined,
      enqueue: after.batched('queue accepted backups', { limit: 500, max: 100_000 }, (jobs) => queue.enqueue(jobs)),
    }),
    readBackupState: readBackupState({
      profile: defaultProfile,
      indexPrefix,
      repository,
      engine,
      facts,
      history,
      now: () => new Date(),
      afterAnswer: after.run,
    }),
  }),
});

await serve(server);
