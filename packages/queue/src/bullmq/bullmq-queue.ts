import { Queue } from 'bullmq';
import type { JobQueue, OperationJob, QueueHealth } from '../port.ts';
import { prefixOf, type RedisClient, type RedisSettings } from '../redis/redis-connection.ts';
import { openProducer } from '../redis/redis-producer.ts';
import { withinMs } from '../redis/redis-time-limit.ts';
import { redisWarnings } from '../redis/redis-warnings.ts';
import { encodeJob, JOB_NAME, jobIdOf, QUEUE_NAME, waitingSince } from './job-codec.ts';

export type BullmqQueueSettings = RedisSettings & {
  /** In milliseconds since 1970; for the age of the oldest waiting job. */
  readonly now?: () => number;
};

/** How long the key stays that shows that Redis takes writes. */
const WRITE_CHECK_MS = 60_000;

const ONCE = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

const bulkOf = (jobs: readonly OperationJob[]) =>
  jobs.map((job) => ({ name: JOB_NAME, data: encodeJob(job), opts: { ...ONCE, jobId: jobIdOf(job) } }));

const savePoints = async (redis: RedisClient): Promise<string | undefined> => {
  try {
    const [, save] = (await redis.config('GET', 'save')) as string[];
    return save;
  } catch {
    return undefined; // managed services refuse CONFIG
  }
};

const readWarnings = async (redis: RedisClient): Promise<readonly string[]> =>
  redisWarnings({ info: await redis.info(), save: await savePoints(redis) });

/** The head of the waiting list is the job that is taken next. Undefined: none waits, or a worker has just taken it. */
const oldestWaitingMs = async (queue: Queue, now: number): Promise<number | undefined> => {
  const [oldest] = await queue.getJobs(['waiting'], 0, 0, true);
  return oldest === undefined ? undefined : Math.max(0, now - waitingSince(oldest.timestamp, oldest.data));
};

/** BullMQ keeps delayed jobs sorted by due time × 4096; those that are due wait for a worker to notice. */
const overdue = (redis: RedisClient, queue: Queue, now: number): Promise<number> =>
  redis.zcount(queue.toKey('delayed'), '-inf', (now + 1) * 0x1000 - 1);

/**
 * A queue on Redis (`operations`, below the prefix). Connects at once, never rejects because Redis is away at start, and finds it
 * again within two seconds of its return. `enqueue` and `health` reject after `commandTimeoutMs` at the latest.
 */
export const openBullmqQueue = (settings: BullmqQueueSettings): JobQueue => {
  const { commandTimeoutMs, now = Date.now } = settings;
  const prefix = prefixOf(settings);
  const { redis, report, bounded } = openProducer(settings);
  // Without these two skips a Redis that is away or hangs at start leaves the Queue unusable for good.
  const queue = new Queue(QUEUE_NAME, {
    connection: redis,
    prefix,
    skipVersionCheck: true,
    skipWaitingForReady: true,
    skipMetasUpdate: true,
  });
  queue.on('error', report);

  const readHealth = async (): Promise<QueueHealth> => {
    const at = now();
    // a replica, and a Redis that cannot save, answer every read
    await redis.set(`${prefix}:write-check`, '', 'PX', WRITE_CHECK_MS);
    const [counts, late, oldest, warnings] = await Promise.all([
      queue.getJobCounts('waiting', 'active', 'delayed'),
      overdue(redis, queue, at),
      oldestWaitingMs(queue, at),
      readWarnings(redis),
    ]);
    const { waiting = 0, active = 0, delayed = 0 } = counts;
    return { waiting: waiting + late, active, delayed: Math.max(0, delayed - late), oldestWaitingMs: oldest, warnings };
  };

  return {
    async enqueue(jobs) {
      if (jobs.length > 0) await bounded('enqueue', () => queue.addBulk(bulkOf(jobs)));
    },
    health: () => bounded('health', readHealth),
    async close() {
      redis.disconnect();
      await withinMs(commandTimeoutMs, 'Redis, close', () => queue.close()).catch(report);
    },
  };
};
