import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { type PartRecord, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { readMemory, writeMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { partFacts } from '@tandem/shared/domain/backup/state/part-facts.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { endOf } from '@tandem/shared/domain/operation/transitions.ts';
import {
  type CheckVerdict,
  readCheck,
  repositoryCheckOf,
  writeCheck,
} from '@tandem/shared/domain/repository/repository-check.ts';
import { backupEvent, failedEvents } from '../events.ts';
import type { TickTools } from '../job.ts';
import { repositoryWords } from '../repository-identity.ts';
import { checkNodes, distrust, notShared } from './check.ts';
import type { CreateJob, Step } from './context.ts';
import { attempt } from './part/part-attempt.ts';
import { forget } from './part/vanished-part.ts';

type NodesUnable = Extract<CheckVerdict, { is: 'unable' }>;

export const succeed = async (
  job: CreateJob,
  operation: ClaimedOperation,
  tools: TickTools,
): Promise<OperationChange> => {
  const isEmpty = takenParts(operation.backup.parts).length === 0;
  const checked = isEmpty ? undefined : await checkNodes(job, operation, tools, false);
  if (checked?.unable !== undefined) return endNotShared(job, operation, checked.unable);
  const repositoryCheck = checked && repositoryCheckOf(checked.memory, checked.nodes);
  return {
    events: [
      backupEvent(job.actor, operation, 'backup.completed', {
        before: { state: 'IN_PROGRESS' },
        after: { state: 'COMPLETED', ...(repositoryCheck && { repositoryCheck }) },
      }),
    ],
    outcome: {
      ...{ do: 'end', ...endOf('succeed', 'create') },
      ...(repositoryCheck && { repositoryCheck }),
    },
  };
};

/** An operator must mount the storage; a create of part 1 that is still in flight would run without that node. */
export const waitForNodes = async (
  operation: ClaimedOperation,
  part: PartRecord,
  { failure }: NodesUnable,
  tools: TickTools,
): Promise<never> => {
  if (part.starts > 0) await tools.record({ detail: distrust(operation, [part]) });
  throw failure;
};

export const endNotShared = (job: CreateJob, operation: ClaimedOperation, unable: NodesUnable): OperationChange => {
  const failure = notShared(operation, unable);
  const taken = takenParts(operation.backup.parts);
  const part = taken.findLast(({ state }) => state === 'SUCCESS');
  const repositoryCheck = { verified: false, reason: failure.message, nodesLeft: [] };
  return {
    detail: distrust(operation, taken),
    events: failedEvents(job.actor, operation, part, failure, repositoryCheck),
    ...omitUndefined({ attempt: part && attempt(job, operation, part, failure) }),
    outcome: { do: 'end', ...endOf('fail', 'create'), failure, repositoryCheck },
  };
};

/**
 * Before a part that vanished too often is abandoned, every node writes into the repository: if it is not writable, an operator must repair it
 * (REPOSITORY_UNAVAILABLE, retried slowly). Once it is writable after tries that failed, the part gets another run. If that cannot be
 * determined, the part is abandoned.
 */
export const repaired = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot }: Step<'fail'>,
  tools: TickTools,
): Promise<OperationChange | undefined> => {
  const hasVanished = snapshot === undefined && part.state !== 'SUCCESS';
  if (!hasVanished) return undefined;
  const checked = await checkNodes(job, operation, tools, false);
  const hasBegun = takenParts(operation.backup.parts).some(({ state }) => state === 'SUCCESS');
  if (checked.unable !== undefined && hasBegun) return endNotShared(job, operation, checked.unable);
  if (checked.unable !== undefined) return waitForNodes(operation, part, checked.unable, tools);
  const known = readCheck(operation.detail);
  if (known.tries > 0) await tools.record({ detail: writeCheck({ ...known, tries: 0 }) });
  if (checked.nodes === undefined || operation.failedTries === 0) return undefined;
  return { ...(await forget(job, operation, { part, vanished: 1 })), tries: 'progress' };
};

export const giveUp = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot, reason }: Step<'fail'>,
): Promise<OperationChange> => {
  const failure =
    snapshot === undefined
      ? { ...reason, message: `${reason.message} ${await repositoryWords(job.engine, operation.backup.location)}` }
      : reason;
  const memory = readMemory(operation.detail, part.number);
  const differed = reason.code === 'PART_DIFFERS' ? snapshot?.uuid : memory.differed;
  return {
    parts: [{ number: part.number, ...lastSeen(operation, part, snapshot) }],
    detail: writeMemory(part.number, { ...memory, differed }),
    events: failedEvents(job.actor, operation, part, failure),
    attempt: attempt(job, operation, part, failure),
    outcome: { do: 'end', ...endOf('fail', 'create'), failure },
  };
};

/** The planned list stays; the reason says what the engine has instead. */
const lastSeen = (operation: ClaimedOperation, part: PartRecord, snapshot: Snapshot | undefined) => {
  if (snapshot === undefined) return { state: 'VANISHED' as const };
  const isOurs = snapshot.owner?.operationId === operation.operationId;
  return isOurs ? { ...partFacts(snapshot), indices: part.indices } : { state: part.state };
};
