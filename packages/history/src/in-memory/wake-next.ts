import type { DueOperation } from '../port.ts';
import { activeOperations, type OperationRow, type Tables } from './tables.ts';

/** Where a create has ended or was suspended, the first one in the line of its repository is due now. */
export const wakeNext = (tables: Tables, ended: OperationRow): readonly DueOperation[] => {
  if (ended.kind !== 'create') return [];
  const next = activeOperations(tables)
    .filter(({ lane, kind, createSlot }) => lane === ended.lane && kind === 'create' && createSlot === undefined)
    .sort((one, other) => one.position - other.position)
    .at(0);
  if (next === undefined) return [];
  const now = tables.now();
  if (next.nextTickAt > now) next.nextTickAt = now;
  next.waitMs = 0;
  return [{ operationId: next.id, revision: next.revision }];
};
