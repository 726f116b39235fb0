import type { OperationLedger } from '@tandem/history/ports/ledger.ts';
import type { JobQueue } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { BackgroundTask } from './leader.ts';

export type Sweep = {
  readonly ledger: Pick<OperationLedger, 'overdue'>;
  readonly queue: Pick<JobQueue, 'enqueue'>;
  /** Checks the history, and writes its heartbeat. */
  readonly watchHistory: () => Promise<boolean>;
  /** Suspends operations that no worker claimed for too long. Runs before anything is queued. */
  readonly suspendUnclaimed: () => Promise<number>;
  readonly log: Logger;
};

/** Longer than a healthy queue takes to start a due job. */
const OVERDUE_MS = 1_000;
const AT_ONCE = 500;

/**
 * Requeues every open operation that is due and has no job: Redis lost or never got its job, or its worker died. Never waits for the engine.
 * Resolves with the number of operations; rejects if PostgreSQL or Redis does not respond, and the next run catches up.
 */
export const sweep = async ({ ledger, queue, watchHistory, suspendUnclaimed, log }: Sweep): Promise<number> => {
  await watchHistory();
  await suspendUnclaimed();
  const overdue = await ledger.overdue(OVERDUE_MS, AT_ONCE);
  if (overdue.length === 0) return 0;
  await queue.enqueue(overdue);
  log.info({ operations: overdue.length }, 'sweep requeued operations without a job');
  return overdue.length;
};

/** A worker that cannot reach Redis leaves the sweep to those that can. */
export const sweepTask = (deps: Sweep, everyMs: number): BackgroundTask => ({
  ...{ name: 'sweep', everyMs, leaseMs: everyMs * 3, pause: 3 },
  run: () => sweep(deps),
});
