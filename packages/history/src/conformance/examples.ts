import type { Location, RepositoryCheck } from '@tandem/shared/domain/backup/backup.ts';
import type { ErrorClass } from '@tandem/shared/domain/failure/failure-definition.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Actor, NewEvent } from '@tandem/shared/domain/history/event.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { expect } from 'vitest';
import type { DiscoveredSet, NewCreate } from '../ports/backups.ts';
import type { Command } from '../ports/events.ts';
import type { History } from '../ports/history.ts';
import type { ClaimOptions, OperationChange } from '../ports/ledger.ts';
import type { NewDeletion } from '../ports/operations.ts';

export const someone: Actor = { kind: 'anonymous', address: '127.0.0.1' };

export const requested: NewEvent = {
  kind: 'backup.requested',
  actor: someone,
  source: 'api',
  requestId: 'request-1',
  after: { state: 'IN_PROGRESS' },
};

export const here: Location = { clusterUuid: 'cluster-a', repository: 'backups', repositoryUuid: 'repository-a' };
/** The same repository while it was empty and had no uuid. */
export const hereUnnamed: Location = { ...here, repositoryUuid: undefined };

/** The nth operation of a test. */
export const operationId = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

export const newCreate = (nth: number, backupId: string, given: Partial<NewCreate> = {}): NewCreate => ({
  backupId,
  optimizeVersion: '8.7.0',
  profile: 'optimize',
  indexPrefix: 'optimize',
  origin: 'requested',
  location: here,
  parts: [
    { number: 1, of: 2, snapshotName: `${backupId}-1`, indices: ['optimize-import'] },
    { number: 2, of: 2, snapshotName: `${backupId}-2`, indices: ['optimize-process-a', 'optimize-process-b'] },
  ],
  operationId: operationId(nth),
  requestId: `request-${nth}`,
  actor: someone,
  events: [requested],
  ...given,
});

const found = {
  state: 'SUCCESS',
  startedAt: new Date('2026-01-01T10:00:00Z'),
  endedAt: new Date('2026-01-01T10:05:00Z'),
};

export const foundSet = (backupId: string, given: Partial<DiscoveredSet> = {}): DiscoveredSet => ({
  backupId,
  optimizeVersion: '8.7.0',
  profile: 'optimize',
  indexPrefix: 'optimize',
  location: here,
  state: 'COMPLETED',
  requestedAt: new Date('2026-01-01T10:00:00Z'),
  parts: [1, 2].map((number) => ({
    ...found,
    number,
    of: 2,
    snapshotName: `${backupId}-${number}`,
    indices: [`found-${number}`],
    state: 'SUCCESS' as const,
    uuid: `uuid-${number}`,
    engineVersion: '8.19.0',
    versionId: 8_537_000,
    shards: { total: 3, successful: 3, failed: 0 },
    failures: [],
  })),
  event: {
    kind: 'backup.discovered',
    actor: { kind: 'system', name: 'sweep' },
    source: 'sweep',
    after: { state: 'COMPLETED' },
  },
  ...given,
});

export const claiming: ClaimOptions = {
  worker: 'worker-1',
  leaseMs: 10_000,
  createsPerRepository: 1,
  queuedRetryMs: 5_000,
};

/** Takes a backup that must be taken. */
export const accepted = async (history: History, create: NewCreate): Promise<string> => {
  expect(await history.accept(create)).toEqual({ accepted: true, revision: 1 });
  return create.operationId;
};

/** Claims what must be claimable. */
export const claimed = async (history: History, id: string, options = claiming): Promise<ClaimedOperation> => {
  const claim = await history.claim(id, options);
  if (!claim.claimed) throw new Error(`Not claimed: ${claim.why}`);
  return claim.operation;
};

export const hold: OperationChange = { outcome: { do: 'hold' } };
export const wait = (inMs: number): OperationChange => ({ outcome: { do: 'wait', inMs } });
export const succeeded: OperationChange = { outcome: { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } };

/** Takes a backup and leads it to its end. */
export const completed = async (
  history: History,
  create: NewCreate,
  repositoryCheck?: RepositoryCheck,
): Promise<void> => {
  const id = await accepted(history, create);
  const { revision } = await claimed(history, id);
  const end = { do: 'end', state: 'SUCCEEDED', backup: 'COMPLETED' } as const;
  const outcome = { ...end, ...(repositoryCheck && { repositoryCheck }) };
  expect(await history.record(id, revision, { outcome })).toMatchObject({ written: true });
};

export const refused: Reason = {
  code: 'ENGINE_REFUSED',
  message: 'The engine said no.',
  data: { type: 'snapshot_exception' },
};

/** Takes a backup and leads it to its failure, with one attempt in the ledger where a class is given. */
export const failed = async (history: History, create: NewCreate, errorClass?: ErrorClass): Promise<string> => {
  const id = await accepted(history, create);
  const { revision, trigger } = await claimed(history, id);
  const attempt = { part: 1, trigger, actor: someone, reason: refused, startedAt: new Date(), nextInMs: undefined };
  await history.record(id, revision, {
    ...(errorClass && { attempt: { ...attempt, errorClass }, tries: 'failed' as const }),
    outcome: { do: 'end', state: 'FAILED', backup: 'FAILED', failure: refused },
  });
  return id;
};

export const command: Command = {
  actor: { kind: 'anonymous', address: '127.0.0.2' },
  reason: 'the disk has room again',
  requestId: 'request-9',
};

/** The nth operation of a test, as a deletion. */
export const deletion = (nth: number, given: Partial<NewDeletion> = {}): NewDeletion => ({
  operationId: operationId(nth),
  keepBackup: false,
  onlyUnfinished: false,
  deleteDiscovered: false,
  ...given,
});

/** The key of a backup that must be there. */
export const keyOf = async (history: History, backupId: string): Promise<string> => {
  const backup = await history.findBackup(backupId, here);
  if (backup === undefined) throw new Error(`There is no backup ${backupId}.`);
  return backup.key;
};

/** Claims a deletion and ends it. */
export const deleted = async (history: History, id: string): Promise<void> => {
  const { revision } = await claimed(history, id);
  const outcome = { do: 'end', state: 'SUCCEEDED', backup: 'INCOMPLETE', deleted: true } as const;
  expect(await history.record(id, revision, { outcome })).toMatchObject({ written: true });
};
