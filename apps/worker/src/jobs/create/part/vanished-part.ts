import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { readMemory, writeMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { partEvent } from '../../events.ts';
import type { CreateJob, Step } from '../context.ts';
import { attempt, logPart } from './part-attempt.ts';
import { requireRoom } from './repository-room.ts';

/** After a snapshot vanished this often, the repository may have reached its limit of snapshots. */
const FULL_AFTER = 2;

/** A killed engine forgets running snapshots. The wait grows each time, since the cause may persist. */
export const forget = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, vanished }: Omit<Step<'forget'>, 'step'>,
): Promise<OperationChange> => {
  if (vanished >= FULL_AFTER) await requireRoom(job.engine, operation);
  logPart(job, operation, part, 'part vanished from the engine while it was running');
  const inMs = job.vanishedMs * 2 ** (vanished - 1);
  return {
    // its list stays: a create may still be in flight (docs/decisions/0004)
    parts: [{ number: part.number, state: 'STARTING', uuid: null }],
    detail: writeMemory(part.number, { ...readMemory(operation.detail, part.number), accepted: false, vanished }),
    attempt: vanishedAttempt(job, operation, part, inMs),
    events: [
      partEvent(job.actor, operation, 'part.vanished', part, { before: { uuid: part.uuid }, after: { vanished } }),
    ],
    outcome: { do: 'wait', inMs },
  };
};

/** The engine had accepted it: that try has ended, and the next one sends the same create again. */
const vanishedAttempt = (job: CreateJob, operation: ClaimedOperation, part: PartRecord, nextInMs: number) => ({
  ...attempt(job, operation, part, {
    code: 'PART_VANISHED',
    message: `The engine accepted snapshot ${part.snapshotName} and no longer had it at the next poll.`,
    data: { uuid: part.uuid ?? null },
  }),
  errorClass: 'transient' as const,
  nextInMs,
});

/** A single read without a snapshot that had succeeded may be stale; two, some time apart, are not. */
export const recheck = (
  { vanishedMs }: CreateJob,
  operation: ClaimedOperation,
  { part }: Step<'recheck'>,
): OperationChange => ({
  detail: writeMemory(part.number, { ...readMemory(operation.detail, part.number), missed: true }),
  outcome: { do: 'wait', inMs: vanishedMs },
});
