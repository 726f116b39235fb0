import type { DueOperation } from '../port.ts';
import { activeOperations, after, isFree, isTooFarAhead, type Tables } from './tables.ts';

export const overdue = (tables: Tables, overdueMs: number, limit: number): readonly DueOperation[] => {
  const now = tables.now();
  const latest = after(now, -overdueMs);
  return activeOperations(tables)
    .filter((operation) => (operation.nextTickAt <= latest || isTooFarAhead(operation, now)) && isFree(operation, now))
    .sort((one, other) => one.nextTickAt.getTime() - other.nextTickAt.getTime() || one.position - other.position)
    .slice(0, limit)
    .map(({ id, revision }) => ({ operationId: id, revision }));
};

export const takeLease = (tables: Tables, name: string, holder: string, leaseMs: number): boolean => {
  const now = tables.now();
  const held = tables.leases.get(name);
  if (held && held.holder !== holder && held.until > now) return false;
  tables.leases.set(name, { holder, until: after(now, leaseMs) });
  return true;
};
