import type { OperationLedger } from '@tandem/history/port.ts';
import type { JobQueue } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logger.ts';

export type Sweep = {
  readonly ledger: Pick<OperationLedger, 'overdue' | 'takeLease'>;
  readonly queue: Pick<JobQueue, 'enqueue'>;
  /** Checks the history, and writes its heartbeat. False: it was rolled back, and nobody has acknowledged it. */
  readonly watchHistory: () => Promise<boolean>;
  /** Suspends what no worker claimed for too long, before anything is queued. */
  readonly suspendUnclaimed: () => Promise<number>;
  /** Ends suspended creates that are complete in the engine, or were not released in time; not done by every run. */
  readonly observeSuspended: () => Promise<number>;
  /** Removes what ended operations made late; not done by every run. */
  readonly removeStrays: () => Promise<number>;
  readonly holder: string;
  readonly everyMs: number;
  readonly log: Logger;
};

export type Swept = {
  readonly isHolder: boolean;
  readonly queued: number;
  /** False: the history was rolled back, so that an operation that ended there may have been retried since: its snapshots are no orphans. */
  readonly isIntact: boolean;
};

/** Longer than a healthy queue takes to begin a job that is due. */
const OVERDUE_MS = 1_000;
const AT_ONCE = 500;
const LEASE = 'sweep';
/** A lease cannot be given back, but it can be made this short. */
const RELEASED_MS = 1;
/** Strays are looked for by every so many runs. */
const STRAY_RUNS = 5;
/** Runs that a worker leaves to others after one that failed. */
const PAUSE = 3;

/**
 * Queues again every open operation that is due and that no job works on: what Redis lost, never got, or gave to a worker that died.
 * One worker at a time does it, by a lease row. Rejects when PostgreSQL or Redis does not answer; the next run makes up for it.
 */
export const sweepOnce = async ({
  ledger,
  queue,
  watchHistory,
  suspendUnclaimed,
  holder,
  everyMs,
  log,
}: Omit<Sweep, 'removeStrays' | 'observeSuspended'>): Promise<Swept> => {
  if (!(await ledger.takeLease(LEASE, holder, everyMs * 3))) return { isHolder: false, queued: 0, isIntact: false };
  const isIntact = await watchHistory();
  await suspendUnclaimed();
  const overdue = await ledger.overdue(OVERDUE_MS, AT_ONCE);
  if (overdue.length === 0) return { isHolder: true, queued: 0, isIntact };
  try {
    await queue.enqueue(overdue);
  } catch (error) {
    // a worker that cannot reach Redis must not keep those from sweeping that can
    await ledger.takeLease(LEASE, holder, RELEASED_MS);
    throw error;
  }
  log.info({ operations: overdue.length }, 'sweep queued what no job worked on');
  return { isHolder: true, queued: overdue.length, isIntact };
};

/** Sweeps now and then every `everyMs`, never twice at once; the function that it answers stops it and lets another worker sweep. */
export const sweepRegularly = (sweep: Sweep): (() => Promise<void>) => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let runs = 0;
  const run = async () => {
    let pause = 1;
    try {
      const { isHolder, isIntact } = await sweepOnce(sweep);
      runs += 1;
      if (isHolder && runs % STRAY_RUNS === 0) {
        await sweep.observeSuspended();
        if (isIntact) await sweep.removeStrays();
      }
    } catch (error) {
      pause = PAUSE;
      sweep.log.warn({ err: error }, 'sweep failed');
    }
    if (!stopped) timer = setTimeout(run, sweep.everyMs * pause);
  };
  void run();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await sweep.ledger.takeLease(LEASE, sweep.holder, RELEASED_MS);
  };
};
