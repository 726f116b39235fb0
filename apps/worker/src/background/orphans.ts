import { problemLog } from '@tandem/runtime/logging/problem-log.ts';
import type { BackgroundTask, Term } from './leader.ts';
import { type RemoveOrphanedSnapshots, removeOrphanedSnapshots } from './remove-orphaned-snapshots.ts';
import { type RemoveRehearsals, removeRehearsals } from './remove-rehearsals.ts';

export type Orphans = {
  readonly cleaning: Omit<RemoveOrphanedSnapshots & RemoveRehearsals, keyof Term | 'intended' | 'problems'>;
  /** Ends suspended creates that are complete in the engine, or were not released in time. */
  readonly observeSuspended: () => Promise<number>;
  readonly reportLate: () => Promise<number>;
  /** False: the history was rolled back, so that an operation that ended there may have been retried since: its snapshots are no orphans. */
  readonly isIntact: () => Promise<boolean>;
};

/** Orphans are cleaned up in every nth run of the sweep. */
const SWEEPS = 5;

/** Work that needs the engine and belongs to no operation. Separate from the sweep: an engine that hangs must not delay due operations. */
export const orphansTask = (deps: Orphans, sweepIntervalMs: number): BackgroundTask => ({
  ...{ name: 'orphans', everyMs: sweepIntervalMs * SWEEPS, leaseMs: sweepIntervalMs * SWEEPS * 3, pause: 3 },
  run: cleanUp(deps),
});

const cleanUp = ({ cleaning, observeSuspended, reportLate, isIntact }: Orphans) => {
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
