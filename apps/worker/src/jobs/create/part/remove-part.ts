import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { nothingYet, writeMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import { INTERRUPTED_MS } from '@tandem/shared/domain/failure/interruption.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { pendingDelete, waitForDelete, writePendingDelete } from '../../delete/pending-delete.ts';
import { deleteSnapshot } from '../../delete/snapshot.ts';
import { partEvent } from '../../events.ts';
import type { TickTools } from '../../job.ts';
import type { CreateJob, Step } from '../context.ts';
import { attempt, logPart } from './part-attempt.ts';

/** A missing snapshot counts as removed. The index list stays, as for any started part, unless it is to be resolved again. */
export const remove = async (
  { engine, actor }: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot, resolve, memory }: Omit<Step<'remove'>, 'step'>,
  tools: TickTools,
): Promise<OperationChange> => {
  const { number } = part;
  const pending = pendingDelete(operation.detail, number);
  await tools.record({ detail: writePendingDelete(number, operation.now) });
  await deleteSnapshot(engine, operation.backup.location.repository, snapshot.name);
  return {
    parts: [{ number, state: resolve ? 'PLANNED' : 'STARTING', uuid: null }],
    detail: {
      ...writeMemory(number, { sentAt: undefined, accepted: false, ...nothingYet, ...memory }),
      ...writePendingDelete(number, pending),
    },
    events: [
      partEvent(actor, operation, 'part.deleted', part, { before: { uuid: snapshot.uuid, state: snapshot.state } }),
    ],
    outcome: { do: 'wait', inMs: 0 },
  };
};

/** Ends a try that was interrupted, for example by a node restart; the next one waits for its shards. */
export const again = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot, interrupted, reason }: Step<'again'>,
  tools: TickTools,
): Promise<OperationChange> => {
  const removed = await remove(job, operation, { part, snapshot, resolve: false, memory: { interrupted } }, tools);
  logPart(job, operation, part, 'part was interrupted; taking it again');
  const inMs = job.interruptedMs ?? INTERRUPTED_MS;
  return {
    ...removed,
    attempt: { ...attempt(job, operation, part, reason), errorClass: 'transient', nextInMs: inMs },
    outcome: { do: 'wait', inMs },
  };
};

const NO_LATE_DELETE =
  'The engine did not respond to the deletion of this snapshot, which may still take effect. Tandem creates the snapshot after this time.';

/** A delete without a response may still take effect. */
export const afterDelete = async (
  { quietMs, nowSince }: CreateJob,
  operation: ClaimedOperation,
  { number }: PartRecord,
): Promise<OperationChange | undefined> => {
  const sentAt = pendingDelete(operation.detail, number);
  if (sentAt === undefined) return undefined;
  const period = waitForDelete(sentAt, quietMs, await nowSince(sentAt, operation.now));
  if (period === undefined) return undefined;
  const detail = writePendingDelete(number, period.since);
  return { detail, tries: 'progress', outcome: { do: 'wait', inMs: period.leftMs, for: NO_LATE_DELETE } };
};
