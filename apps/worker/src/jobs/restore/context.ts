import type { Engine } from '@tandem/engine/port.ts';
import type { BackupHistory } from '@tandem/history/ports/backups.ts';
import type { RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { RestoreHistory } from '@tandem/history/ports/restores.ts';
import type { gatherPlan } from '@tandem/planning/plan/gather-plan.ts';
import type { OperationJob } from '@tandem/queue/port.ts';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import type { PollSchedule } from '@tandem/shared/domain/failure/poll-schedule.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { RestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import type { SeenIndex } from '@tandem/shared/domain/restore/run/restoring.ts';
import type { NowSince, TickTools } from '../job.ts';

export type RestoreJob = {
  readonly engine: Engine;
  readonly history: RestoreHistory &
    Pick<BackupHistory, 'findBackupWithDeleted' | 'accept'> &
    Pick<RepositoryHistory, 'changedRepositories'>;
  readonly gather: ReturnType<typeof gatherPlan>;
  /** CAMUNDA_OPTIMIZE_VERSION. */
  readonly configuredVersion: string | undefined;
  /** Queues the safety backup that the restore requested. */
  readonly enqueue: (jobs: readonly OperationJob[]) => Promise<void>;
  /** The URL at which Optimize responds now; undefined: it does not respond, or no URL is configured. */
  readonly optimizeAnswersAt: () => Promise<string | undefined>;
  readonly polling: PollSchedule;
  /** Lease and the engine's master time-out: how long a delayed worker may still send a call. */
  readonly quietMs: number;
  readonly nowSince: NowSince;
  /** Max time without progress before the first write of a restore. */
  readonly expiryMs: number;
  readonly actor: Actor;
  readonly log: Logger;
};

/** One tick of a restore: the input of its steps. */
export type RestoreTick = {
  readonly job: RestoreJob;
  readonly operation: ClaimedOperation;
  readonly detail: RestoreDetail;
  readonly tools: TickTools;
  /** The indices under the target names of the parts that were sent. */
  readonly seen: readonly SeenIndex[];
};
