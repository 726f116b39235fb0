import { expect, it } from 'vitest';
import { DeleteRequest } from './backups.ts';
import { PatchRequest } from './labels.ts';
import { BulkReleaseRequest, BulkRetryRequest, CancelRequest, ReleaseRequest, RetryRequest } from './operations.ts';
import { RestoreRequest, StopRequest } from './restores.ts';

const operationId = '00000000-0000-4000-8000-000000000001';
const filter = {};

it.each([
  ['delete', DeleteRequest, { backupId: 'b' }],
  ['cancel', CancelRequest, { operationId }],
  ['retry', RetryRequest, { operationId }],
  ['retry of many', BulkRetryRequest, { filter }],
  ['release', ReleaseRequest, { operationId }],
  ['release of many', BulkReleaseRequest, { filter }],
  ['restore', RestoreRequest, { backupId: 'b', planHash: 'a'.repeat(64) }],
  ['stop of a restore', StopRequest, { operationId }],
  ['release of a hold', PatchRequest, { backupId: 'b', hold: null }],
] as const)('%s needs a reason', (_, schema, request) => {
  const without = schema.safeParse(request);
  expect(without.error?.issues.map(({ path }) => path.join('.'))).toEqual(['reason']);
  expect(schema.safeParse({ ...request, reason: 'why' }).success).toBe(true);
});

it('needs none to change labels, nor to hold a backup, which has its own', () => {
  expect(PatchRequest.safeParse({ backupId: 'b', labels: { env: 'test' } }).success).toBe(true);
  expect(PatchRequest.safeParse({ backupId: 'b', hold: { reason: 'audit', until: null } }).success).toBe(true);
});
