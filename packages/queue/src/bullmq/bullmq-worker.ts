import { setTimeout as sleep } from 'node:timers/promises';
import { withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import { DelayedError, type Job } from 'bullmq';
import type { JobConsumer, JobHandler, JobOutcome, OperationJob } from '../port.ts';
import { prefixOf, type RedisSettings, sparingly } from '../redis/redis-connection.ts';
import { permissionsWords, refusedCommands } from '../redis/redis-permissions.ts';
import { redisTrouble } from '../redis/redis-trouble.ts';
import { redisError } from '../redis/redis-words.ts';
import { type ConsumerConnection, openConsumerConnection } from './consumer-connection.ts';
import { decodeJob, type JobData, QUEUE_NAME } from './job-codec.ts';
import { PatientWorker } from './patient-worker.ts';

export type BullmqConsumerSettings = RedisSettings & {
  /** Jobs at a time. */
  readonly concurrency: number;
  /** How long a job stays with a worker that gives no sign; renewed at half of it. */
  readonly lockMs: number;
  /** How often jobs without a lock are searched for. A dead worker's job is taken over after about `lockMs` + 2 × this. */
  readonly stalledCheckIntervalMs: number;
  /** Between two checks of the Redis permissions while one is missing. */
  readonly permissionsAgainMs?: number;
  /** Called for each job that was put back because only a newer worker knows its kind or version. */
  readonly onPutBack?: (jobId: string) => void;
  readonly now?: () => number;
};

const PUT_BACK_MS = 5_000;

const MIN_CLOSE_MS = 250;

const PERMISSIONS_AGAIN_MS = 5_000;
/** Between two checks while Redis does not answer. */
const UNREACHABLE_AGAIN_MS = 1_000;

/** BullMQ fails a job that stalled more often than this; what ends an operation is decided in PostgreSQL, so it never comes to it. */
const NEVER = 1_000_000_000;

const workerOptions = (settings: BullmqConsumerSettings) => ({
  prefix: prefixOf(settings),
  concurrency: settings.concurrency,
  lockDuration: settings.lockMs,
  stalledInterval: settings.stalledCheckIntervalMs,
  maxStalledCount: NEVER,
  runRetryDelay: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
});

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

type Started = { readonly worker: PatientWorker<JobData, void, string>; readonly connection: ConsumerConnection };

/** True once `work` has ended, well or badly; false when `limitMs` are over first. */
const endsWithin = (limitMs: number, work: Promise<unknown>): Promise<boolean> =>
  withTimeLimit(
    sleep,
    limitMs,
    Promise.allSettled([work]).then(() => true),
    () => false,
  );

/**
 * Takes jobs from the queue that `openBullmqQueue` fills. Redis may be unavailable at start or at any time; the worker resumes when Redis is back.
 * Another worker reruns a job whose worker died. A job that was flushed while it ran only leads to one call of `onError`.
 */
export const openBullmqConsumer = (settings: BullmqConsumerSettings): JobConsumer => {
  const { now = Date.now, permissionsAgainMs = PERMISSIONS_AGAIN_MS, onPutBack } = settings;
  const report = sparingly(settings.onError);
  const trouble = redisTrouble(settings);
  let stopping = false;
  const running = new Set<Promise<JobOutcome>>();
  const stopped = new AbortController();
  let isStarted = false;
  let started: Started | undefined;

  /** Ends this run of the job. If the job or its lock is gone, another worker has it or the sweep requeues it. */
  const runAgain = async (job: Job, token: string | undefined, inMs: number, data?: JobData): Promise<never> => {
    const dueAt = now() + inMs;
    try {
      if (data !== undefined) await job.updateData({ ...data, dueAt });
      await job.moveToDelayed(dueAt, token);
    } catch (error) {
      report(asError(error));
    }
    throw new DelayedError();
  };

  const attempt = async (handler: JobHandler, operation: OperationJob): Promise<JobOutcome> => {
    try {
      return await handler(operation);
    } catch (error) {
      report(asError(error));
      return { next: 'done' };
    }
  };

  const handled = (handler: JobHandler, operation: OperationJob): Promise<JobOutcome> => {
    const run = attempt(handler, operation).finally(() => running.delete(run));
    running.add(run);
    return run;
  };

  const process = async (handler: JobHandler, job: Job, token: string | undefined): Promise<void> => {
    const decoded = decodeJob(job.name, job.data);
    if (stopping) return runAgain(job, token, 0);
    if (decoded.is === 'malformed') {
      report(new Error(`Job ${job.id} cannot be parsed and was dropped.`));
      return;
    }
    if (decoded.is === 'newer') {
      onPutBack?.(job.id ?? '');
      return runAgain(job, token, PUT_BACK_MS);
    }
    const outcome = await handled(handler, decoded.job);
    if (outcome.next === 'again') await runAgain(job, token, outcome.inMs, job.data);
  };

  const open = (handler: JobHandler): Started => {
    const connection = openConsumerConnection(settings, trouble);
    const worker = new PatientWorker<JobData, void, string>(QUEUE_NAME, (job, token) => process(handler, job, token), {
      ...workerOptions(settings),
      connection: connection.client,
    });
    worker.on('error', (error) => {
      if (!stopping) trouble.report(error);
    });
    worker.onAnswered = trouble.over;
    return { worker, connection };
  };

  /** What keeps BullMQ from being opened, and when to check again. Without a permission that it needs, it retries without pause. */
  const obstacle = async (): Promise<{ readonly error: Error; readonly againMs: number } | undefined> => {
    try {
      const refused = await refusedCommands(settings);
      if (refused.length === 0) return undefined;
      return { error: new Error(permissionsWords(refused)), againMs: permissionsAgainMs };
    } catch (error) {
      // the permissions are unknown then
      return { error: redisError(error), againMs: UNREACHABLE_AGAIN_MS };
    }
  };

  const begin = async (handler: JobHandler): Promise<void> => {
    for (let found = await obstacle(); found !== undefined && !stopping; found = await obstacle()) {
      trouble.report(found.error);
      await sleep(found.againMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopping) return;
    }
    if (stopping) return;
    trouble.over();
    started = open(handler);
  };

  return {
    start(handler) {
      if (isStarted) throw new Error('The consumer has been started already.');
      isStarted = true;
      void begin(handler);
    },

    async stop(withinMs) {
      stopping = true;
      stopped.abort();
      if (started === undefined) return true;
      const { worker, connection } = started;
      worker.hurry();
      const endAt = performance.now() + withinMs;
      await worker.pause(true);
      const done = await endsWithin(withinMs, Promise.allSettled(running));
      // A clean close needs Redis: BullMQ's close waits for it forever (taskforcesh/bullmq#4656).
      const force = !done || connection.client.status !== 'ready';
      const closed = await endsWithin(Math.max(endAt - performance.now(), MIN_CLOSE_MS), worker.close(force));
      connection.cut();
      return done && (force || closed);
    },
  };
};
