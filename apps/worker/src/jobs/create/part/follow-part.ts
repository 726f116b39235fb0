import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import { type CreateMemory, readMemory, writeMemory } from '@tandem/shared/domain/backup/create/create-memory.ts';
import { partFacts } from '@tandem/shared/domain/backup/state/part-facts.ts';
import { nextPollInMs } from '@tandem/shared/domain/failure/poll-schedule.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { partEvent } from '../../events.ts';
import { learnRepository } from '../../repository-identity.ts';
import type { CreateJob, Step } from '../context.ts';
import { manifestAfter } from './manifest.ts';
import { attempt, logPart } from './part-attempt.ts';

/** Times are measured from when the create was sent, on the clock of the database, since the engine's clock may differ. */
export const follow = (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot, adopt }: Step<'follow'>,
): OperationChange => {
  const { sentAt = operation.now }: Partial<CreateMemory> = readMemory(operation.detail, part.number);
  const inMs = nextPollInMs(job.polling, operation.now.getTime() - sentAt.getTime());
  const going = { tries: 'progress', outcome: { do: 'wait', inMs } } as const;
  if (!adopt) return going;
  const startedAt = omitUndefined({ startedAt: snapshot.startedAt });
  return {
    parts: [{ number: part.number, state: 'IN_PROGRESS', uuid: snapshot.uuid, ...startedAt }],
    events: [partEvent(job.actor, operation, 'part.adopted', part, { after: { uuid: snapshot.uuid } })],
    ...going,
  };
};

export const settle = async (
  job: CreateJob,
  operation: ClaimedOperation,
  { part, snapshot }: Step<'settle'>,
): Promise<OperationChange> => {
  const { uuid, shards, startedAt, endedAt } = snapshot;
  const { facts, unmeasured } = await manifestAfter(job, operation, part);
  logPart(job, operation, part, 'part succeeded');
  return {
    parts: [{ number: part.number, ...partFacts(snapshot), indices: part.indices, ...facts }],
    detail: writeMemory(part.number, { ...readMemory(operation.detail, part.number), differed: undefined }),
    events: [
      partEvent(job.actor, operation, 'part.succeeded', part, {
        after: { uuid, shards, startedAt, endedAt, ...omitUndefined({ unmeasured }) },
      }),
    ],
    attempt: attempt(job, operation, part, undefined),
    tries: 'progress',
    ...(await learnRepository(job.engine, operation.backup.location)),
    outcome: { do: 'wait', inMs: 0 },
  };
};
