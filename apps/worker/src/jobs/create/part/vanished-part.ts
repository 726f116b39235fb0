import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { ClaimedOperation, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { readMemory, writeMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import type { CreateJob, Step } from '../context.ts';
import { partEvent } from '../events.ts';
import { attempt, logPart } from './part-attempt.ts';
import { requireRoom } from './repository-room.ts';

/** After so many vanishings the repository may keep no more snapshots. */
const FULL_AFTER = 2;

/** An engine that was killed forgets what ran. It is waited for longer each time: whatever makes snapshots vanish may go on. */
export const forget = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, vanished }: Omit<Step<'forget'>, 'step'>,
): Promise<OperationChange> => {
  if (vanished >= FULL_AFTER) await requireRoom(job.engine, operation);
  logPart(job, operation, part, 'part vanished from the engine while it was running');
  const inMs = job.vanishedMs * 2 ** (vanished - 1);
  return {
    // its list stays: a create of it may still be on its way (docs/decisions/0004)
    parts: [{ number: part.number, state: 'STARTING', uuid: null }],
    detail: writeMemory(part.number, { ...readMemory(operation.detail, part.number), accepted: false, vanished }),
    attempt: vanishedAttempt(job, operation, part, inMs),
    events: [
      partEvent(job.actor, operation, 'part.vanished', part, { before: { uuid: part.uuid }, after: { vanished } }),
    ],
    outcome: { do: 'wait', inMs },
  };
};

/** The engine had taken it: that try has ended, and the next is the same create once more. */
const vanishedAttempt = (job: CreateJob, operation: ClaimedOperation, part: PartRecord, nextInMs: number) => ({
  ...attempt(job, operation, part, {
    code: 'PART_VANISHED',
    message: `The engine accepted snapshot ${part.snapshotName} and did not have it any more at the next look.`,
    data: { uuid: part.uuid ?? null },
  }),
  errorClass: 'transient' as const,
  nextInMs,
});

/** One look that misses what had ended well may be stale; two, a while apart, are not. */
export const recheck = (
  { vanishedMs }: CreateJob,
  operation: ClaimedOperation,
  { part }: Step<'recheck'>,
): OperationChange => ({
  detail: writeMemory(part.number, { ...readMemory(operation.detail, part.number), missed: true }),
  outcome: { do: 'wait', inMs: vanishedMs },
});
