import type { OperationLedger } from '@tandem/history/ports/ledger.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { problemLog } from '@tandem/runtime/logging/problem-log.ts';
import { keepLease, type Lease, LeaseLost } from '../lease.ts';

/** Shared by all background tasks of a process. */
export type Leadership = {
  readonly history: Pick<OperationLedger, 'takeLease'>;
  /** Identifies this process; unique. */
  readonly holder: string;
  readonly clock: {
    /** Monotonic milliseconds. */
    readonly now: () => number;
    readonly every: (ms: number, task: () => void) => () => void;
  };
  readonly log: Logger;
};

/** `assertHeld` also throws LeaseLost when the process stops. */
export type Term = Pick<Lease, 'assertHeld'>;

export type BackgroundTask = {
  /** Also the name of its lease. */
  readonly name: string;
  readonly everyMs: number;
  /** Longer than the interval between two runs, so that a healthy process keeps its task. */
  readonly leaseMs: number;
  /** Runs that a process skips after a failed one, to leave them to others. */
  readonly pause: number;
  readonly run: (term: Term) => Promise<unknown>;
};

/** A lease cannot be released, but it can be shortened to this. */
export const RELEASED_MS = 1;

/** Leaves the task of that name to another process at once. Rejects as the history does. */
export const resign = ({ history, holder }: Pick<Leadership, 'history' | 'holder'>, name: string): Promise<unknown> =>
  history.takeLease(name, holder, RELEASED_MS);

export type Led<T> = { readonly isLeader: false } | { readonly isLeader: true; readonly result: T };

/** Runs `work` if this process holds or gets the lease of that name, and renews the lease meanwhile. Keeps the lease afterwards. */
export const runAsLeader = async <T>(
  { history, holder, clock, log }: Leadership,
  { name, leaseMs }: Pick<BackgroundTask, 'name' | 'leaseMs'>,
  work: (term: Term) => Promise<T>,
): Promise<Led<T>> => {
  const claimedAt = clock.now();
  if (!(await history.takeLease(name, holder, leaseMs))) return { isLeader: false };
  let renewing: Promise<unknown> = Promise.resolve();
  const renew = () => {
    const taken = history.takeLease(name, holder, leaseMs);
    renewing = taken.catch(() => undefined);
    return taken;
  };
  const onError = (error: unknown) => log.warn({ task: name, err: error }, 'lease of a background task not renewed');
  const lease = keepLease({ of: `background task ${name}`, renew, leaseMs, claimedAt, ...clock, onError });
  try {
    return { isLeader: true, result: await work(lease) };
  } finally {
    lease.release();
    // a renewal that arrives after the release would take the lease again
    await renewing;
  }
};

/** Runs `turn` now, and again after the number of milliseconds that it resolves with. The returned function stops that and awaits a running turn. */
const repeat = (turn: () => Promise<number>): (() => Promise<void>) => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    const inMs = await turn();
    if (!stopped) timer = setTimeout(begin, inMs);
  };
  const begin = () => {
    running = run();
  };
  begin();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
};

/**
 * Runs a task at once and then every `everyMs` in every process, one run at a time. The returned function stops the task and awaits a current
 * run.
 */
export const runEverywhere = (
  log: Logger,
  { name, everyMs, run }: Pick<BackgroundTask, 'name' | 'everyMs'> & { readonly run: () => Promise<unknown> },
): (() => Promise<void>) => {
  const { met, over } = problemLog(log);
  return repeat(async () => {
    await run().then(
      () => over(name),
      (error: unknown) => met(name, { task: name, err: error }, 'background task failed'),
    );
    return everyMs;
  });
};

/**
 * Runs a task at once and then every `everyMs`, in one process at a time. The returned function stops the task, awaits a current run and
 * releases the lease.
 */
export const runRegularly = (leadership: Leadership, task: BackgroundTask): (() => Promise<void>) => {
  const { log } = leadership;
  const failing = problemLog(log);
  const resigning = problemLog(log);
  let stopped = false;
  const leave = () =>
    resign(leadership, task.name).then(
      () => resigning.over(task.name),
      (error: unknown) =>
        resigning.met(task.name, { task: task.name, err: error }, 'lease of a background task not released'),
    );
  const term = ({ assertHeld }: Term): Term => ({
    assertHeld: () => {
      if (stopped) throw new LeaseLost(`background task ${task.name} stops with its process`);
      assertHeld();
    },
  });
  const stop = repeat(async () => {
    try {
      await runAsLeader(leadership, task, (lease) => task.run(term(lease)));
      failing.over(task.name);
      return task.everyMs;
    } catch (error) {
      if (error instanceof LeaseLost) log.info({ task: task.name, reason: error.message }, 'background task stopped');
      else failing.met(task.name, { task: task.name, err: error }, 'background task failed');
      await leave();
      return task.everyMs * task.pause;
    }
  });
  return async () => {
    stopped = true;
    await stop();
    await leave();
  };
};
