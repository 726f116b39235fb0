import { randomUUID } from 'node:crypto';
import type { NewCreate } from '@tandem/history/ports/backups.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { OperationChange } from '@tandem/history/ports/ledger.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import type { Actor, EventKind, NewEvent } from '@tandem/shared/domain/history/event.ts';
import { defaultProfile } from '@tandem/shared/domain/profile.ts';
import { timed } from '../measure/figures.ts';

/** A location without any generated backup. */
export const location: Location = {
  clusterUuid: 'bench-cluster',
  repository: 'bench',
  repositoryUuid: 'bench-repository',
};

const worker: Actor = { kind: 'system', name: 'bench' };
const indices = Array.from({ length: 80 }, (_, at) => `optimize-process-instance-bench-${at}_v8`);

const event = (kind: EventKind, requestId: string, after: object): NewEvent => ({
  kind,
  actor: worker,
  source: 'worker',
  requestId,
  after,
});

/** A UUID of version 7, as the API creates them. */
const newOperationId = (now: number): string => {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
};

export const newBackup = (backupId: string): NewCreate => ({
  backupId,
  optimizeVersion: '8.7.0',
  profile: defaultProfile.name,
  indexPrefix: 'optimize',
  origin: 'requested',
  location,
  parts: [1, 2].map((number) => ({
    number,
    of: 2,
    snapshotName: `camunda_optimize_${backupId}_8.7.0_part_${number}_of_2`,
    indices: number === 1 ? indices.slice(0, 2) : indices,
  })),
  operationId: newOperationId(Date.now()),
  requestId: backupId,
  actor: { kind: 'anonymous', address: '10.0.0.99' },
  events: [event('backup.requested', backupId, { state: 'IN_PROGRESS' })],
});

const starting = (number: number, id: string): OperationChange => ({
  parts: [{ number, state: 'STARTING', started: true, uuid: null }],
  detail: { [`part${number}`]: { sentAt: new Date().toISOString() } },
  events: [event('part.starting', id, { part: number, start: 1, indices: indices.length })],
  outcome: { do: 'hold' },
});

const sent: OperationChange = { outcome: { do: 'wait', inMs: 0 } };

const settled = (number: number, id: string): OperationChange => ({
  parts: [
    {
      ...{ number, state: 'SUCCESS', uuid: `${id}-${number}`, engineVersion: '8.19.0', versionId: 8_537_000 },
      ...{ startedAt: new Date(), endedAt: new Date(), shards: { total: 82, successful: 82, failed: 0 } },
    },
  ],
  events: [event('part.succeeded', id, { part: number, shards: { total: 82, successful: 82, failed: 0 } })],
  attempt: { part: number, trigger: 'request', actor: worker, ...spent, startedAt: new Date(), nextInMs: undefined },
  tries: 'progress',
  outcome: { do: 'wait', inMs: 0 },
});

const spent = { errorClass: undefined, reason: undefined };

const completed = (id: string): OperationChange => ({
  events: [event('backup.completed', id, { state: 'COMPLETED' })],
  outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' },
});

const claiming = { worker: 'bench', leaseMs: 30_000, createsPerRepository: 4, queuedRetryMs: 1_000 };

const tick = async (history: History, operationId: string, changes: readonly OperationChange[]): Promise<void> => {
  const claim = await history.claim(operationId, claiming);
  if (!claim.claimed) throw new Error(`not claimed: ${claim.why}`);
  for (const change of changes) {
    const { written } = await history.record(operationId, claim.operation.revision, change);
    if (!written) throw new Error('the claim was overtaken');
  }
};

/** A backup from its request to its end, statement by statement as the API and the worker write it. */
export const oneLife = async (
  history: History,
  id: string,
): Promise<{ readonly acceptMs: number; readonly lifeMs: number }> => {
  const create = newBackup(id);
  const { result, ms } = await timed(() => history.accept(create));
  if (!result.accepted) throw new Error(`${id} was not accepted`);
  const rest = await timed(async () => {
    for (const number of [1, 2]) {
      await tick(history, create.operationId, [starting(number, id), sent]);
      await tick(history, create.operationId, [settled(number, id)]);
    }
    await tick(history, create.operationId, [completed(id)]);
  });
  return { acceptMs: ms, lifeMs: ms + rest.ms };
};
