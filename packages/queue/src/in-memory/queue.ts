import { type Sleep, withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import { jobIdOf } from '../bullmq/job-codec.ts';
import type { JobConsumer, JobHandler, JobOutcome, JobQueue, OperationJob, QueueHealth } from '../port.ts';

export type InMemoryQueueOptions = {
  /** Milliseconds since 1970; the caller that injects it advances it. Default: a clock that stands still at 0 until `advance`. */
  readonly now?: () => number;
  /** For the limit of `stop`. Default: `stop` waits for its jobs without limit. */
  readonly schedule?: (task: () => void, delayMs: number) => void;
  readonly onError?: (error: unknown) => void;
};

export type InMemoryConsumer = JobConsumer & {
  /** As by kill -9: takes no more jobs, its running jobs are free for others at once, and what its handlers still return is ignored. */
  crash(): void;
};

export type InMemoryQueue = {
  readonly queue: JobQueue;
  /** Several share the jobs; each runs one job at a time per `takeNext`. */
  openConsumer(): InMemoryConsumer;
  /**
   * Starts the job that has been due longest, on the started consumers round-robin; resolves when it has ended. Undefined: nothing is due
   * or no consumer is started. Not awaiting it before the next call runs jobs concurrently.
   */
  takeNext(): Promise<void> | undefined;
  /** Runs what is due, one after the other, until nothing is; the number of runs. */
  runDue(): Promise<number>;
  /** Moves the built-in clock; without effect on an injected one. */
  advance(byMs: number): void;
  /** As by FLUSHALL: every job is gone; running ones finish. */
  lose(): void;
  /** While set, `enqueue` and `health` reject with it, as when Redis is away. */
  breakWith(error: Error | undefined): void;
};

type Entry = {
  readonly id: string;
  readonly job: OperationJob;
  dueAt: number;
  order: number;
  runBy: Consumer | undefined;
};

type Consumer = { handler: JobHandler | undefined; readonly running: Set<Promise<void>> };

const byDueTime = (one: Entry, other: Entry): number => one.dueAt - other.dueAt || one.order - other.order;

/** A queue and its consumers without Redis: same promises, no timers, no randomness; the caller controls time and order. */
export const inMemoryQueue = (options: InMemoryQueueOptions = {}): InMemoryQueue => {
  const entries = new Map<string, Entry>();
  const consumers: Consumer[] = [];
  let clock = 0;
  let orders = 0;
  let turns = 0;
  let broken: Error | undefined;
  const now = options.now ?? (() => clock);

  const requireWorking = (): void => {
    if (broken !== undefined) throw broken;
  };

  const add = (job: OperationJob): void => {
    const id = jobIdOf(job);
    if (!entries.has(id)) entries.set(id, { id, job, dueAt: now(), order: orders++, runBy: undefined });
  };

  const due = (): Entry[] =>
    [...entries.values()].filter((entry) => entry.runBy === undefined && entry.dueAt <= now()).sort(byDueTime);

  const health = (): QueueHealth => {
    const active = [...entries.values()].filter((entry) => entry.runBy !== undefined).length;
    const waiting = due();
    const [oldest] = waiting;
    return {
      waiting: waiting.length,
      active,
      delayed: entries.size - active - waiting.length,
      oldestWaitingMs: oldest === undefined ? undefined : now() - oldest.dueAt,
      warnings: [],
    };
  };

  const outcomeOf = async (handler: JobHandler, job: OperationJob): Promise<JobOutcome> => {
    try {
      return await handler(job);
    } catch (error) {
      options.onError?.(error);
      return { next: 'done' };
    }
  };

  const run = async (entry: Entry, consumer: Consumer, handler: JobHandler): Promise<void> => {
    const outcome = await outcomeOf(handler, entry.job);
    if (entries.get(entry.id) !== entry || entry.runBy !== consumer) return;
    entry.runBy = undefined;
    if (outcome.next === 'done') entries.delete(entry.id);
    else Object.assign(entry, { dueAt: now() + outcome.inMs, order: orders++ });
  };

  const nextConsumer = (): { consumer: Consumer; handler: JobHandler } | undefined => {
    const ready = consumers.flatMap((consumer) =>
      consumer.handler === undefined ? [] : [{ consumer, handler: consumer.handler }],
    );
    return ready[turns++ % ready.length];
  };

  const takeNext = (): Promise<void> | undefined => {
    const [entry] = due();
    const next = entry === undefined ? undefined : nextConsumer();
    if (entry === undefined || next === undefined) return undefined;
    const { consumer, handler } = next;
    entry.runBy = consumer;
    const running = run(entry, consumer, handler).finally(() => consumer.running.delete(running));
    consumer.running.add(running);
    return running;
  };

  const endOf = (consumer: Consumer, withinMs: number): Promise<boolean> => {
    const ended = Promise.all(consumer.running).then(() => true);
    const { schedule } = options;
    if (schedule === undefined) return ended;
    const sleep: Sleep = (ms) => new Promise<void>((resolve) => schedule(resolve, ms));
    return withTimeLimit(sleep, withinMs, ended, () => false);
  };

  const openConsumer = (): InMemoryConsumer => {
    const consumer: Consumer = { handler: undefined, running: new Set() };
    let started = false;
    consumers.push(consumer);
    return {
      start(handler) {
        if (started) throw new Error('The consumer has been started already.');
        started = true;
        consumer.handler = handler;
      },
      stop(withinMs) {
        consumer.handler = undefined;
        return endOf(consumer, withinMs);
      },
      crash() {
        consumer.handler = undefined;
        for (const entry of entries.values()) if (entry.runBy === consumer) entry.runBy = undefined;
      },
    };
  };

  return {
    queue: {
      async enqueue(jobs) {
        requireWorking();
        for (const job of jobs) add(job);
      },
      async health() {
        requireWorking();
        return health();
      },
      async close() {
        broken = new Error('The queue is closed.');
      },
    },
    openConsumer,
    takeNext,
    async runDue() {
      let runs = 0;
      for (let running = takeNext(); running !== undefined; running = takeNext()) {
        await running;
        runs += 1;
      }
      return runs;
    },
    advance(byMs) {
      clock += byMs;
    },
    lose: () => entries.clear(),
    breakWith(error) {
      broken = error;
    },
  };
};
