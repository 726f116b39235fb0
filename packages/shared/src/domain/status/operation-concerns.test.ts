import { expect, it } from 'vitest';
import { type OperationFacts, operationConcerns } from './operation-concerns.ts';

const one = { operationId: 'o', kind: 'create', backupId: 'a', errorClass: undefined, reason: undefined } as const;
const well: OperationFacts = {
  open: [{ ...one, state: 'RUNNING' }],
  lastRestore: { operationId: 'o', backupId: 'a', state: 'SUCCEEDED', reason: undefined },
  workerMissingSince: undefined,
  rollback: undefined,
};

it('has none while work runs', () => {
  expect(operationConcerns(well)).toEqual([]);
});

it.each<[string, Partial<OperationFacts>, object]>([
  ['a rolled-back history', { rollback: 'It was.' }, { code: 'history-rolled-back', message: 'It was.' }],
  [
    'a missing worker',
    { workerMissingSince: '2026-11-22T01:00:00Z' },
    {
      code: 'worker-missing',
      message: expect.stringContaining('since 2026-11-22T01:00:00Z'),
    },
  ],
  [
    'suspended operations',
    { open: [{ ...one, state: 'SUSPENDED', errorClass: 'operator' }] },
    {
      code: 'operations-suspended',
      message: expect.stringMatching(/^1 suspended operation waits /),
    },
  ],
  [
    'one that waits for an operator',
    {
      open: [{ ...one, state: 'WAITING', errorClass: 'operator', reason: 'The disk is full.' }],
    },
    {
      ...{ code: 'operation-waits', backupId: 'a', operationId: 'o' },
      message: 'The create of backup a waits for an operator: The disk is full.',
    },
  ],
  [
    'a failed restore',
    { lastRestore: { operationId: 'o', backupId: 'a', state: 'FAILED', reason: 'No space.' } },
    {
      ...{ code: 'restore-failed', backupId: 'a', operationId: 'o' },
      message: 'The last restore, of backup a, failed: No space. GET /api/v1/restores/o shows what it left.',
    },
  ],
])('warns of %s', (_, change, expected) => {
  expect(operationConcerns({ ...well, ...change })).toEqual([{ leadsTo: 'at-risk', ...expected }]);
});
