import type { SearchEngine } from '@tandem/engine/port.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { registeredElsewhere } from '@tandem/planning/repository/list-location.ts';
import { type RecordedRepository, requireRecordedRepository } from '@tandem/planning/repository/recorded-repository.ts';
import { requireSameRepository } from '@tandem/planning/repository/same-repository.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import {
  absencesOf,
  type DeleteStep,
  nextDeleteStep,
  readExplanations,
} from '@tandem/shared/domain/backup/delete/delete-step.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import type { Actor } from '@tandem/shared/domain/history/event.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { backupEvent, partEvent } from '../events.ts';
import type { NowSince, OperationJobHandler, TickTools } from '../job.ts';
import { clusterOf, elsewhereWords, otherCluster, requireSameCluster } from '../same-cluster.ts';
import { deleteSnapshot } from './snapshot.ts';

export type DeleteJob = {
  readonly engine: SearchEngine;
  readonly history: RecordedRepository['history'];
  /** Lease and the engine's master time-out: how long a delayed worker may still send a create. */
  readonly quietMs: number;
  readonly nowSince: NowSince;
  readonly actor: Actor;
};

const NO_LATE_CREATE =
  'Its snapshots are deleted. A delayed worker may still create one, so Tandem checks again at this time.';

/** Removes the snapshots of a backup one after the other, and ends once none has been seen for the quiet period. */
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
    const names = parts.map(({ snapshotName }) => snapshotName);
    const seen = await job.engine.findSnapshots(location.repository, names);
    const knownAbsent = await explainAbsences(job, operation, seen);
    const since = typeof absentSince === 'string' ? new Date(absentSince) : undefined;
    const step = nextDeleteStep({
      createOperationId: create?.operationId,
      parts,
      seen,
      absentSince: since,
      onlyUnfinished: onlyUnfinished === true,
      quietMs: job.quietMs,
      now: since === undefined ? operation.now : await job.nowSince(since, operation.now),
    });
    switch (step.step) {
      case 'remove':
        return remove(job, operation, step, knownAbsent, tools);
      case 'wait':
        return {
          detail: { absentSince: step.absentSince.toISOString(), knownAbsent },
          tries: 'progress',
          outcome: { do: 'wait', inMs: step.inMs, for: NO_LATE_CREATE },
        };
      case 'succeed':
        return succeed(job, operation, isComplete(parts, seen) ? 'COMPLETED' : 'INCOMPLETE');
    }
  };

/**
 * Before a snapshot is removed or considered gone, the repository must be the one that contains the backup: by its uuid, and by its contents,
 * since a name that is registered for another location keeps the uuid. Once the intent of a removal is recorded, absence means success. Resolves
 * to the parts that need no more explanation.
 */
const explainAbsences = async (
  job: DeleteJob,
  { backup: { parts, location }, detail }: ClaimedOperation,
  seen: readonly Snapshot[],
): Promise<readonly number[]> => {
  const { removing, knownAbsent } = readExplanations(detail);
  const { absent, unexplained, holdsOwn } = absencesOf(parts, { seen, removing, knownAbsent });
  const isAllExplained = seen.length === 0 && unexplained.length === 0 && (removing !== undefined || absent.length > 0);
  if (!isAllExplained || parts.some(isUnsure)) await requireSameRepository(job.engine, location);
  if (unexplained.length === 0 || holdsOwn) return absent;
  const there = await requireRecordedRepository(job, location.repository, { location, parts });
  // then another location was read, which says nothing about absent snapshots
  if (parts.some(({ number, uuid }) => absent.includes(number) && there.has(uuid ?? '')))
    throw registeredElsewhere(location.repository);
  return absent;
};

/** A create may have been sent, and its snapshot has not been seen. */
const isUnsure = ({ state, uuid }: PartRecord): boolean =>
  uuid === undefined && (state === 'STARTING' || state === 'IN_PROGRESS');

type Step<Name extends DeleteStep['step']> = Extract<DeleteStep, { step: Name }>;

const remove = async (
  { engine, actor }: DeleteJob,
  operation: ClaimedOperation,
  { part, snapshot }: Step<'remove'>,
  knownAbsent: readonly number[],
  tools: TickTools,
): Promise<OperationChange> => {
  const { repository } = operation.backup.location;
  await tools.record({
    detail: { absentSince: null, knownAbsent, removing: { part: part.number, uuid: snapshot.uuid } },
  });
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

/** A cancelled create whose cluster is unreachable: nothing is sent to the cluster that responds, and the reason lists what is left behind. */
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

/** Whether all parts had succeeded when the create was cancelled, and were left. */
const isComplete = (parts: readonly PartRecord[], seen: readonly Snapshot[]): boolean =>
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
