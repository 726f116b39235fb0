import type { SearchEngine } from '@tandem/engine/port.ts';
import type { OperationChange } from '@tandem/history/port.ts';
import { requireSameRepository } from '@tandem/planning/same-repository.ts';
import type { ClaimedOperation, PartRecord } from '@tandem/shared/domain/backup.ts';
import { type DeleteStep, nextDeleteStep } from '@tandem/shared/domain/delete-step.ts';
import type { Actor } from '@tandem/shared/domain/event.ts';
import type { Snapshot } from '@tandem/shared/domain/snapshot.ts';
import { backupEvent, partEvent } from './create-events.ts';
import { deleteSnapshot } from './delete-snapshot.ts';
import type { OperationJobHandler, TickTools } from './job.ts';
import { clusterOf, elsewhereWords, otherCluster, requireSameCluster } from './same-cluster.ts';

export type DeleteJob = {
  readonly engine: SearchEngine;
  /** Lease and the engine's master time-out: how long a worker that slept may still send a create. */
  readonly quietMs: number;
  readonly actor: Actor;
};

/** Removes the snapshots of a backup, one after the other, and is done when none was seen for the quiet period. */
export const deleteJob =
  (job: DeleteJob): OperationJobHandler =>
  async (operation, tools) => {
    const { parts, location, create } = operation.backup;
    const { absentSince, onlyUnfinished } = operation.detail;
    if (operation.detail.keepBackup === true) {
      const elsewhere = await otherCluster(job.engine, location.clusterUuid);
      if (elsewhere !== undefined) return leaveElsewhere(job, operation, elsewhere);
    }
    await requireSameCluster(job.engine, clusterOf(operation));
    await requireSameRepository(job.engine, location);
    const names = parts.map(({ snapshotName }) => snapshotName);
    const seen = await job.engine.findSnapshots(location.repository, names);
    const step = nextDeleteStep({
      createOperationId: create?.operationId,
      parts,
      seen,
      absentSince: typeof absentSince === 'string' ? new Date(absentSince) : undefined,
      onlyUnfinished: onlyUnfinished === true,
      quietMs: job.quietMs,
      now: operation.now,
    });
    switch (step.step) {
      case 'remove':
        return remove(job, operation, step, tools);
      case 'wait':
        return {
          detail: { absentSince: step.absentSince.toISOString() },
          tries: 'progress',
          outcome: { do: 'wait', inMs: step.inMs },
        };
      case 'succeed':
        return succeed(job, operation, isWhole(parts, seen) ? 'COMPLETED' : 'INCOMPLETE');
    }
  };

type Step<Name extends DeleteStep['step']> = Extract<DeleteStep, { step: Name }>;

const remove = async (
  { engine, actor }: DeleteJob,
  operation: ClaimedOperation,
  { part, snapshot }: Step<'remove'>,
  tools: TickTools,
): Promise<OperationChange> => {
  const { repository } = operation.backup.location;
  await tools.record({ detail: { absentSince: null, removing: { part: part.number, uuid: snapshot.uuid } } });
  await deleteSnapshot(engine, repository, snapshot.name);
  return {
    parts: [{ number: part.number, uuid: null, state: 'VANISHED' }],
    events: [
      partEvent(actor, operation, 'part.deleted', part, { before: { uuid: snapshot.uuid, state: snapshot.state } }),
    ],
    tries: 'progress',
    outcome: { do: 'wait', inMs: 0 },
  };
};

/** A cancelled create whose cluster is out of reach: nothing is sent to the one that answers, and the reason says what is left behind. */
const leaveElsewhere = ({ actor }: DeleteJob, operation: ClaimedOperation, found: string): OperationChange => {
  const { location, parts } = operation.backup;
  const left = parts
    .filter(({ state }) => state !== 'PLANNED' && state !== 'EMPTY')
    .map(({ snapshotName }) => snapshotName);
  const what =
    left.length === 0
      ? 'No snapshot had been requested.'
      : `Snapshots ${left.join(', ')} may be left in its repository ${location.repository}.`;
  const failure = {
    code: 'CLUSTER_CHANGED',
    message: `${elsewhereWords(location.clusterUuid, found)} Nothing was sent to the engine. ${what} Delete them there, or retry this operation once the address leads to that cluster again.`,
    data: { expected: location.clusterUuid, found, repository: location.repository, left },
  };
  return {
    events: [
      backupEvent(actor, operation, 'backup.state-changed', {
        reason: failure.message,
        before: { state: operation.backup.state },
        after: { state: 'INCOMPLETE' },
      }),
    ],
    attempt: { ...attemptOf(actor, operation), errorClass: 'terminal', reason: failure },
    outcome: { do: 'end', state: 'FAILED', backup: 'INCOMPLETE', failure },
  };
};

const attemptOf = (actor: Actor, { trigger, requestedAt }: ClaimedOperation) => ({
  part: undefined,
  trigger,
  actor,
  startedAt: requestedAt,
  nextInMs: undefined,
});

/** A cancel that came when every part had ended well, and that left them. */
const isWhole = (parts: readonly PartRecord[], seen: readonly Snapshot[]): boolean =>
  parts.every((part) => part.state === 'SUCCESS' && seen.some(({ uuid }) => uuid === part.uuid));

const succeed = (
  { actor }: DeleteJob,
  operation: ClaimedOperation,
  state: 'COMPLETED' | 'INCOMPLETE',
): OperationChange => {
  const keepBackup = operation.detail.keepBackup === true;
  return {
    events: [
      backupEvent(actor, operation, keepBackup ? 'backup.state-changed' : 'backup.deleted', {
        before: { state: operation.backup.state },
        after: { state },
      }),
    ],
    attempt: { ...attemptOf(actor, operation), errorClass: undefined, reason: undefined },
    outcome: { do: 'end', state: 'SUCCEEDED', backup: state, ...(keepBackup ? {} : { deleted: true as const }) },
  };
};
