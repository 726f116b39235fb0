import { problemLog } from '@tandem/runtime/logging/problem-log.ts';
import type { BackgroundTask, Term } from './leader.ts';
import { type RemoveOrphanedSnapshots, removeOrphanedSnapshots } from './remove-orphaned-snapshots.ts';
import { type RemoveRehearsals, removeRehearsals } from './remove-rehearsals.ts';

export type EngineUpkeep = {
  readonly cleaning: Omit<RemoveOrphanedSnapshots & RemoveRehearsals, keyof Term | 'intended' | 'problems'>;
  /** Ends suspended creates that are complete in the engine, or were not released in time. */
  readonly observeSuspended: () => Promise<number>;
  readonly reportLate: () => Promise<number>;
  /** False: the history was rolled back, so that an operation that ended there may have been retried since: its snapshots are no orphans. */
  readonly isIntact: () => Promise<boolean>;
};

/** It runs once in so many intervals of the sweep. */
const SWEEPS = 5;

/**
 * Work that needs the engine and belongs to no operation: orphaned snapshots and copies of rehearsals, suspended creates, late restores.
 * Separate from the sweep: an engine that hangs must not delay due operations.
 */
export const engineUpkeepTask = (deps: EngineUpkeep, sweepIntervalMs: number): BackgroundTask => ({
  ...{ name: 'orphans', everyMs: sweepIntervalMs * SWEEPS, leaseMs: sweepIntervalMs * SWEEPS * 3, pause: 3 },
  run: cleanUp(deps),
});

const cleanUp = ({ cleaning, observeSuspended, reportLate, isIntact }: EngineUpkeep) => {
  const intended = new Set<string>();
  const snapshots = problemLog(cleaning.log);
  const copies = problemLog(cleaning.log);
  return async (term: Term): Promise<void> => {
    await observeSuspended();
    if (!(await isIntact())) return;
    await reportLate();
    await removeOrphanedSnapshots({ ...cleaning, ...term, intended, problems: snapshots });
    await removeRehearsals({ ...cleaning, ...term, intended, problems: copies });
  };
};
