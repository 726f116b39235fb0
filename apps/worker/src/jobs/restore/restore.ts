import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { nextRestoreStep } from '@tandem/shared/domain/restore/run/restore-step.ts';
import type { RestoreStep } from '@tandem/shared/domain/restore/run/restoring.ts';
import type { OperationJobHandler } from '../job.ts';
import { otherCluster, requireSameCluster } from '../same-cluster.ts';
import { deleteExisting, preflight } from './before/before.ts';
import { compareRestored } from './compare/compare.ts';
import type { RestoreJob, RestoreTick } from './context.ts';
import { endRestore, failRestore, leaveElsewhere } from './end/end.ts';
import { rollBack, unblock, waitQuiet } from './end/rollback.ts';
import { operationsSeen, targetsSeen } from './observe.ts';
import { setSavedBlocks } from './parts/blocks.ts';
import { adopt, follow, partDone, recheck, send } from './parts/parts.ts';
import { resend } from './parts/resend.ts';
import { compareTemplatesStep } from './parts/templates.ts';
import { safetyBackup } from './safety/safety.ts';

/** Restores a backup, or rehearses it under other names. `nextRestoreStep` decides; this carries out its steps. */
export const restoreJob =
  (job: RestoreJob): OperationJobHandler =>
  async (operation, tools) => {
    const detail = readRestoreDetail(operation.detail);
    if (detail.stop !== undefined) {
      const elsewhere = await otherCluster(job.engine, detail.task.clusterUuid);
      if (elsewhere !== undefined) return leaveElsewhere({ job, operation, detail }, elsewhere);
    }
    const { repository } = operation.backup.location;
    const seen = await targetsSeen(job, detail);
    const operations = await operationsSeen(job, operation.backup, detail, seen);
    const { quietMs, expiryMs } = job;
    const { requestedAt } = operation;
    const { absentSince } = detail.memory;
    const now = absentSince === undefined ? operation.now : await job.nowSince(new Date(absentSince), operation.now);
    const step = nextRestoreStep({ detail, repository, seen, operations, quietMs, expiryMs, requestedAt, now });
    if (!isPolling(step)) await requireSameCluster(job.engine, detail.task.clusterUuid);
    return withProgress(operation, await carryOut({ job, operation, detail, tools, seen }, step));
  };

/** Nothing may be concluded from another cluster. A poll concludes nothing, except to continue. */
const isPolling = ({ step }: RestoreStep): boolean => step === 'follow' || step === 'adopt' || step === 'part-done';

/** A tick that did not fail, including a poll of an open safety backup. */
const withProgress = ({ now }: ClaimedOperation, change: OperationChange): OperationChange => ({
  ...change,
  detail: { ...change.detail, progressAt: now.toISOString() },
});

const carryOut = (tick: RestoreTick, step: RestoreStep): Promise<OperationChange> | OperationChange => {
  switch (step.step) {
    case 'preflight':
      return preflight(tick);
    case 'safety-backup':
      return safetyBackup(tick);
    case 'delete-existing':
      return deleteExisting(tick);
    case 'send':
      return send(tick, step.part);
    case 'adopt':
      return adopt(tick, step.uuids);
    case 'follow':
      return follow(tick, step.measure);
    case 'part-done':
      return partDone(tick, step.part, step.measure);
    case 'recheck':
      return recheck(tick);
    case 'resend':
      return resend(tick, step.part, step.remove);
    case 'templates':
      return compareTemplatesStep(tick);
    case 'compare':
      return compareRestored(tick);
    case 'fail':
      return failRestore(tick, step.at, step.reason);
    case 'blocks':
      return setSavedBlocks(tick, step.changes);
    case 'unblock':
      return unblock(tick, step);
    case 'take-back':
      return rollBack(tick, step);
    case 'quiet':
      return waitQuiet(tick, step);
    case 'end':
      return endRestore(tick, { indices: step.left });
  }
};
