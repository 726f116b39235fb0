import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { requireSameRepository } from '@tandem/planning/repository/same-repository.ts';
import { readMemory, seenAgain } from '@tandem/shared/domain/backup/create/create-memory.ts';
import { type CreateStep, isOurs, nextCreateStep } from '@tandem/shared/domain/backup/create/create-step.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { OperationJobHandler, TickTools } from '../job.ts';
import { clusterOf, requireSameCluster } from '../same-cluster.ts';
import type { CreateJob } from './context.ts';
import { giveUp, repaired, succeed } from './end-create.ts';
import { follow, settle } from './part/follow-part.ts';
import { afterDelete, again, remove } from './part/remove-part.ts';
import { start } from './part/start-part.ts';
import { forget, recheck } from './part/vanished-part.ts';

/** Takes the snapshots of a backup, part by part. `nextCreateStep` decides; this carries out its steps. */
export const createJob =
  (job: CreateJob): OperationJobHandler =>
  async (claimed, tools) => {
    const { parts, location } = claimed.backup;
    const names = parts.map(({ snapshotName }) => snapshotName);
    const seen = await job.engine.findSnapshots(location.repository, names);
    const again = seenAgain(claimed.detail, numbersSeen(claimed, seen));
    const operation = { ...claimed, detail: { ...claimed.detail, ...again } };
    const change = await nextTick(job, operation, seen, tools);
    return { ...change, detail: { ...again, ...change.detail } };
  };

const numbersSeen = ({ operationId, backup }: ClaimedOperation, seen: readonly Snapshot[]): readonly number[] =>
  backup.parts
    .filter((part) => seen.some((one) => one.name === part.snapshotName && isOurs(operationId, part, one)))
    .map(({ number }) => number);

const nextTick = async (
  job: CreateJob,
  operation: ClaimedOperation,
  seen: readonly Snapshot[],
  tools: TickTools,
): Promise<OperationChange> => {
  const { parts, location } = operation.backup;
  const step = nextCreateStep(operation.operationId, parts, seen, (part) => readMemory(operation.detail, part));
  if (isAboutAbsence(step)) {
    await requireSameCluster(job.engine, clusterOf(operation));
    await requireSameRepository(job.engine, location);
  }
  const waiting =
    step.step === 'start' || step.step === 'settle' ? await afterDelete(job, operation, step.part) : undefined;
  if (waiting !== undefined) return waiting;
  switch (step.step) {
    case 'start':
      return start(job, operation, step, tools);
    case 'remove':
      return remove(job, operation, step, tools);
    case 'again':
      return again(job, operation, step, tools);
    case 'forget':
      return forget(job, operation, step);
    case 'recheck':
      return recheck(job, operation, step);
    case 'follow':
      return follow(job, operation, step);
    case 'settle':
      return settle(job, operation, step);
    case 'succeed':
      return succeed(job, operation, tools);
    case 'fail':
      return (await repaired(job, operation, step, tools)) ?? giveUp(job, operation, step);
  }
};

/** Before a snapshot is created or considered missing, the repository must still be the one that contains the backup. */
const isAboutAbsence = (step: CreateStep): boolean =>
  step.step === 'start' ||
  step.step === 'remove' ||
  step.step === 'again' ||
  step.step === 'forget' ||
  (step.step === 'fail' && step.snapshot === undefined);
