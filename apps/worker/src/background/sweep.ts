import type { OperationLedger } from '@tandem/history/ports/ledger.ts';
import type { JobQueue } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { BackgroundTask } from './leader.ts';

export type Sweep = {
  readonly ledger: Pick<OperationLedger, 'overdue'>;
  readonly queue: Pick<JobQueue, 'enqueue'>;
  /** Checks the history, and writes its heartbeat. */
  readonly watchHistory: () => Promise<boolean>;
  /** Suspends what no worker claimed for too long, before anything is queued. */
  readonly suspendUnclaimed: () => Promise<number>;
  readonly log: Logger;
};

/** Longer than a healthy queue takes to begin a job that is due. */
const OVERDUE_MS = 1_000;
const AT_ONCE = 500;

/**
 * Queues again every open operation that is due and that no job works on: what Redis lost, never got, or gave to a worker that died.
 * It waits for no engine. Resolves with how many; rejects when PostgreSQL or Redis does not answer, and the next run makes up for it.
 */
export const sweep = async ({ ledger, queue, watchHistory, suspendUnclaimed, log }: Sweep): Promise<number> => {
  await watchHistory();
  await suspendUnclaimed();
  const overdue = await ledger.overdue(OVERDUE_MS, AT_ONCE);
  if (overdue.length === 0) return 0;
  await queue.enqueue(overdue);
  log.info({ operations: overdue.length }, 'sweep queued what no job worked on');
  return overdue.length;
};

/** A worker that cannot reach Redis leaves it to those that can. */
export const sweepTask = (deps: Sweep, everyMs: number): BackgroundTask => ({
  ...{ name: 'sweep', everyMs, leaseMs: everyMs * 3, pause: 3 },
  run: () => sweep(deps),
});
