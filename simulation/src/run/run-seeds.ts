import { Worker } from 'node:worker_threads';
import type { MutationName } from '../mutations/mutations.ts';
import type { Verdict } from './verdict.ts';

export type SeedRange = { readonly from: number; readonly seeds: number };

/** What one thread is asked for, and what it answers: how many ran, and those that broke a promise. */
export type SeedTask = SeedRange & { readonly mutation: MutationName | undefined; readonly stopAtFirst: boolean };
export type SeedReport = { readonly ran: number; readonly broken: readonly Verdict[] };

export type RunSeedsOptions = SeedRange & {
  readonly mutation?: MutationName;
  readonly threads: number;
  /** Ends with the first seed that broke a promise: always the same one, however many threads there are. */
  readonly stopAtFirst: boolean;
  /** Asked before each chunk of seeds: false ends the run. Undefined: all of them run. */
  readonly goesOn?: (ran: number) => boolean;
  readonly onReport?: (report: SeedReport) => void;
};

/** Small enough that the threads end together, large enough that handing out costs nothing. */
const CHUNK = 100;

/** Runs the seeds over several threads. `broken` is in the order of the seeds. */
export const runSeeds = async (options: RunSeedsOptions): Promise<SeedReport> => {
  const { from, seeds, mutation, threads, stopAtFirst, onReport, goesOn = () => true } = options;
  const broken: Verdict[] = [];
  let next = from;
  let ran = 0;

  const takeChunk = (): SeedTask | undefined => {
    const left = from + seeds - next;
    if (left <= 0 || (stopAtFirst && broken.length > 0) || !goesOn(ran)) return undefined;
    const task = { from: next, seeds: Math.min(CHUNK, left), mutation, stopAtFirst };
    next += task.seeds;
    return task;
  };

  const work = async (): Promise<void> => {
    const thread = new Worker(new URL('./seed-thread.ts', import.meta.url), { execArgv: [] });
    try {
      for (let task = takeChunk(); task !== undefined; task = takeChunk()) {
        const report = await answerOf(thread, task);
        ran += report.ran;
        broken.push(...report.broken);
        onReport?.(report);
      }
    } finally {
      await thread.terminate();
    }
  };

  await Promise.all(Array.from({ length: threads }, work));
  broken.sort((one, other) => one.seed - other.seed);
  return { ran, broken: stopAtFirst ? broken.slice(0, 1) : broken };
};

const answerOf = (thread: Worker, task: SeedTask): Promise<SeedReport> =>
  new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('message', (report: SeedReport) => {
      thread.off('error', reject);
      resolve(report);
    });
    thread.postMessage(task);
  });
