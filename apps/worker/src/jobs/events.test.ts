import type { PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import { expect, it } from 'vitest';
import { notShared } from './create/check.ts';
import { backupEvent, failedEvents } from './events.ts';

const actor = { kind: 'system', name: 'worker' } as const;
const operation = { operationId: 'o', requestId: 'r' } as ClaimedOperation;
const part = { number: 1, snapshotName: 'one' } as PartRecord;
const reason = { code: 'PART_DIFFERS', message: 'It differs.', data: { missing: 1 } } as const;
const ended = {
  ...{ kind: 'backup.failed', actor, source: 'worker', requestId: 'r', reason: 'It differs.' },
  before: { state: 'IN_PROGRESS' },
  after: { operationId: 'o', state: 'FAILED', code: 'PART_DIFFERS' },
};

it('carries the id of the request, where there was one', () => {
  expect(backupEvent(actor, operation, 'backup.deleted')).toHaveProperty('requestId', 'r');
  const withoutRequest = { ...operation, requestId: undefined };
  expect(backupEvent(actor, withoutRequest, 'backup.deleted')).not.toHaveProperty('requestId');
});

it('reports a failed create at its part, then at the backup', () => {
  expect(failedEvents(actor, operation, part, reason)).toStrictEqual([
    {
      ...{ kind: 'part.failed', actor, source: 'worker', requestId: 'r', reason: 'It differs.' },
      after: { operationId: 'o', part: 1, snapshot: 'one', code: 'PART_DIFFERS', missing: 1 },
    },
    ended,
  ]);
});

it('reports only the backup if no part failed, with what the check of the repository found', () => {
  const check = { verified: false, reason: 'It differs.', nodesLeft: [] } as const;
  expect(failedEvents(actor, operation, undefined, reason)).toStrictEqual([ended]);
  expect(failedEvents(actor, operation, undefined, reason, check)).toStrictEqual([
    { ...ended, after: { ...ended.after, repositoryCheck: check } },
  ]);
});

it.each([
  [['one', 'two'], 'Node one, two cannot use repository backups, found after 1 of 2 parts'],
  [[], 'A node cannot use repository backups, found after 1 of 2 parts'],
])('names the nodes that cannot use a repository: %j', (nodes, words) => {
  const backup = { location: { repository: 'backups' }, parts: [{ state: 'SUCCESS' }, { state: 'PLANNED' }] };
  const failure = { message: 'It says why.', data: {} };
  const { message } = notShared({ backup } as unknown as ClaimedOperation, { nodes, failure } as never);
  expect(message).toContain(words);
});
