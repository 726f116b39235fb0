import type { DueOperation } from '../ports/ledger.ts';
import { activeOperations, type OperationRow, type Tables } from './tables.ts';

/**
 * Where a create has ended or was suspended, the first one in the line of its repository is due now, and the restore that waits for it as
 * its safety backup.
 */
export const wakeNext = (tables: Tables, ended: OperationRow): readonly DueOperation[] => {
  if (ended.kind !== 'create') return [];
  const next = activeOperations(tables)
    .filter(({ lane, kind, createSlot }) => lane === ended.lane && kind === 'create' && createSlot === undefined)
    .sort((one, other) => one.position - other.position)
    .at(0);
  const restore = tables.operations.get(ended.backup.safetyOf ?? '');
  const woken = [next, restore?.state === 'WAITING' ? restore : undefined].filter((one) => one !== undefined);
  const now = tables.now();
  for (const one of woken) {
    if (one.nextTickAt > now) one.nextTickAt = now;
    one.waitMs = 0;
  }
  return woken.map(({ id, revision }) => ({ operationId: id, revision }));
};
