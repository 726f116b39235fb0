import { expect, it } from 'vitest';
import type { OperationState } from '../../operation/operation.ts';
import { deletionUnderWay } from './deletion-under-way.ts';

it.each<[OperationState, boolean, boolean]>([
  ['QUEUED', false, true],
  ['RUNNING', false, true],
  ['WAITING', false, true],
  ['WAITING', true, false],
  ['SUSPENDED', false, false],
  ['FAILED', false, false],
  ['CANCELLED', false, false],
  ['SUCCEEDED', false, false],
])('of a deletion that is %s, and keeps the backup: %s -> %s', (state, keepsBackup, expected) => {
  const deletion = { operationId: 'd', state, onlyUnfinished: false, keepsBackup };
  expect(deletionUnderWay(deletion)).toBe(expected ? deletion : undefined);
});

it('is absent where nobody requested one', () => {
  expect(deletionUnderWay(undefined)).toBeUndefined();
});
