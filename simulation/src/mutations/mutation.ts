import type { ReadBackupState } from '@tandem/api/backups/read/read-backup-state.ts';
import type { LeasedCall } from '@tandem/engine/calls-port.ts';
import type { Engine, SearchEngine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { GuardOptions } from '@tandem/planning/guard/history-guard.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { removeOrphanedSnapshots } from '@tandem/worker/background/remove-orphaned-snapshots.ts';
import type { removeRehearsals } from '@tandem/worker/background/remove-rehearsals.ts';
import type { sweep } from '@tandem/worker/background/sweep.ts';
import type { DeleteJob } from '@tandem/worker/jobs/delete/delete.ts';
import type { OperationJobHandler } from '@tandem/worker/jobs/job.ts';
import type { RestoreJob } from '@tandem/worker/jobs/restore/context.ts';
import type { Reconcile } from '@tandem/worker/reconcile/context.ts';
import type { SimulatedProcess } from '../processes/simulated-process.ts';
import type { Answer } from '../reading/answer.ts';
import type { SealView } from '../seals/seal-view.ts';

/** A deliberate defect: pieces of the product wrapped or replaced from outside. What is absent stays as it is. */
export type Mutation = {
  readonly about?: string;
  readonly history?: (history: History) => History;
  /** The engine as one tick of a worker sees it. */
  readonly engine?: (engine: SearchEngine, operation: ClaimedOperation) => SearchEngine;
  /** The same of restores and rehearsals. */
  readonly restoreEngine?: (engine: Engine, operation: ClaimedOperation) => Engine;
  /** A restore checks its lease before calls of the engine alone. */
  readonly uncheckedJob?: boolean;
  readonly restoreJob?: (job: RestoreJob) => RestoreJob;
  readonly restoreHandler?: (handler: OperationJobHandler) => OperationJobHandler;
  readonly handler?: (handler: OperationJobHandler) => OperationJobHandler;
  readonly sweep?: typeof sweep;
  readonly removeOrphanedSnapshots?: typeof removeOrphanedSnapshots;
  readonly removeRehearsals?: typeof removeRehearsals;
  /** Calls before which a tick does not check its lease. */
  readonly unheld?: (operation: ClaimedOperation) => readonly LeasedCall[];
  readonly comparison?: (deps: Omit<Reconcile, 'assertHeld'>) => Omit<Reconcile, 'assertHeld'>;
  readonly reading?: (deps: ReadBackupState) => ReadBackupState;
  readonly answer?: (answer: Answer) => Answer;
  readonly sealing?: (view: SealView) => SealView;
  /** Of runs in which PostgreSQL is put back to a dump. */
  readonly guard?: (options: GuardOptions) => GuardOptions;
  /** As the comparison of clocks sees it. */
  readonly clockHistory?: (history: History) => History;
  /** Of runs in which the repository is registered to other locations. */
  readonly deleteJob?: (job: DeleteJob) => DeleteJob;
  readonly swapEngine?: (engine: Engine) => Engine;
  /** The quiet period of deletions. */
  readonly quietMs?: number;
  /** The monotonic clock of a worker. */
  readonly clock?: (now: () => number, process: SimulatedProcess) => () => number;
};

export const UNCHANGED: Mutation = {};
