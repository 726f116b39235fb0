import type { OperationLedger } from '@tandem/history/ports/ledger.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { problemLog } from '@tandem/runtime/logging/problem-log.ts';
import { keepLease, type Lease, LeaseLost } from '../lease.ts';

/** What every background task of a process shares. */
export type Leadership = {
  readonly history: Pick<OperationLedger, 'takeLease'>;
  /** This process; no other has that name. */
  readonly holder: string;
  readonly clock: {
    /** Monotonic milliseconds. */
    readonly now: () => number;
    readonly every: (ms: number, task: () => void) => () => void;
  };
  readonly log: Logger;
};

/** `assertHeld` throws LeaseLost also where the process stops. */
export type Term = Pick<Lease, 'assertHeld'>;

export type BackgroundTask = {
  /** Of its lease row, too. */
  readonly name: string;
  readonly everyMs: number;
  /** Longer than the time between two runs, so that one process keeps a task while it does well. */
  readonly leaseMs: number;
  /** Runs that a process leaves to others after one that failed. */
  readonly pause: number;
  readonly run: (term: Term) => Promise<unknown>;
};

/** A lease cannot be given back, but it can be made this short. */
const RELEASED_MS = 1;

export type Led<T> = { readonly isLeader: false } | { readonly isLeader: true; readonly result: T };

/** Runs `work` where this process holds the lease of that name or gets it, and renews the lease meanwhile. It keeps it afterwards. */
export const asLeader = async <T>(
  { history, holder, clock, log }: Leadership,
  { name, leaseMs }: Pick<BackgroundTask, 'name' | 'leaseMs'>,
  work: (term: Term) => Promise<T>,
): Promise<Led<T>> => {
  const claimedAt = clock.now();
  if (!(await history.takeLease(name, holder, leaseMs))) return { isLeader: false };
  let renewing: Promise<unknown> = Promise.resolve();
  const renew = () => {
    const asked = history.takeLease(name, holder, leaseMs);
    renewing = asked.catch(() => undefined);
    return asked;
  };
  const onError = (error: unknown) => log.warn({ task: name, err: error }, 'lease of a background task not renewed');
  const lease = keepLease({ of: `background task ${name}`, renew, leaseMs, claimedAt, ...clock, onError });
  try {
    return { isLeader: true, result: await work(lease) };
  } finally {
    lease.release();
    // a renewal that arrives after the lease was given up would take it again
    await renewing;
  }
};

/** Runs `turn` now and again as many milliseconds after its end as it resolves with. The function that it returns awaits a turn under way. */
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

/** Runs a task now and then every `everyMs` in every process, never twice at once. The function that it returns awaits a run under way. */
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
 * Runs a task now and then every `everyMs`, by one process at a time, never twice at once. The function that it returns resolves once a run
 * under way has ended, and leaves the task to another process.
 */
export const runRegularly = (leadership: Leadership, task: BackgroundTask): (() => Promise<void>) => {
  const { history, holder, log } = leadership;
  const failing = problemLog(log);
  const resigning = problemLog(log);
  let stopped = false;
  const resign = () =>
    history.takeLease(task.name, holder, RELEASED_MS).then(
      () => resigning.over(task.name),
      (error: unknown) =>
        resigning.met(task.name, { task: task.name, err: error }, 'lease of a background task not given back'),
    );
  const term = ({ assertHeld }: Term): Term => ({
    assertHeld: () => {
      if (stopped) throw new LeaseLost(`background task ${task.name} stops with its process`);
      assertHeld();
    },
  });
  const stop = repeat(async () => {
    try {
      await asLeader(leadership, task, (lease) => task.run(term(lease)));
      failing.over(task.name);
      return task.everyMs;
    } catch (error) {
      if (error instanceof LeaseLost) log.info({ task: task.name, reason: error.message }, 'background task left');
      else failing.met(task.name, { task: task.name, err: error }, 'background task failed');
      await resign();
      return task.everyMs * task.pause;
    }
  });
  return async () => {
    stopped = true;
    await stop();
    await resign();
  };
};
