import { expect, it } from 'vitest';
import type { DeletionSummary, OperationState } from '../../operation/operation.ts';
import type { PartState } from '../backup.ts';
import { type ShownPartState, shownPartState } from './shown-part.ts';

const deletion = (state: OperationState, onlyUnfinished = false): DeletionSummary => ({
  ...{ operationId: 'd', state, onlyUnfinished, keepsBackup: false },
});

it.each<[PartState, string, DeletionSummary | undefined, ShownPartState]>([
  ['SUCCESS', 'no deletion', undefined, 'SUCCESS'],
  ['SUCCESS', 'an open deletion', deletion('QUEUED'), 'DELETING'],
  ['IN_PROGRESS', 'an open deletion', deletion('RUNNING'), 'DELETING'],
  ['VANISHED', 'an open deletion that removed it', deletion('WAITING'), 'DELETING'],
  ['PLANNED', 'an open deletion', deletion('RUNNING'), 'PLANNED'],
  ['EMPTY', 'an open deletion', deletion('RUNNING'), 'EMPTY'],
  ['SUCCESS', 'a cleanup that keeps it', deletion('RUNNING', true), 'SUCCESS'],
  ['FAILED', 'a cleanup', deletion('RUNNING', true), 'DELETING'],
  ['SUCCESS', 'a suspended deletion', deletion('SUSPENDED'), 'SUCCESS'],
  ['VANISHED', 'a deletion that has ended', deletion('SUCCEEDED'), 'VANISHED'],
  ['SUCCESS', 'a deletion that failed', deletion('FAILED'), 'SUCCESS'],
])('%s with %s', (state, _, of, shown) => {
  expect(shownPartState(state, of)).toBe(shown);
});
