import type { DueOperation, FarLease, OperationLedger } from '../ports/ledger.ts';
import { claim, renew } from './claim.ts';
import { methods } from './methods.ts';
import { record } from './record.ts';
import { activeOperations, after, CLOCK_SLACK_MS, isFree, isTooFarAhead, type Tables } from './tables.ts';

const overdue = (tables: Tables, overdueMs: number, limit: number): readonly DueOperation[] => {
  const now = tables.now();
  const latest = after(now, -overdueMs);
  return activeOperations(tables)
    .filter((operation) => (operation.nextTickAt <= latest || isTooFarAhead(operation, now)) && isFree(operation, now))
    .sort((one, other) => one.nextTickAt.getTime() - other.nextTickAt.getTime() || one.position - other.position)
    .slice(0, limit)
    .map(({ id, revision }) => ({ operationId: id, revision }));
};

const takeLease = (tables: Tables, name: string, holder: string, leaseMs: number): boolean => {
  const now = tables.now();
  const held = tables.leases.get(name);
  if (held && held.holder !== holder && held.until > now) return false;
  tables.leases.set(name, { holder, until: after(now, leaseMs), leaseMs });
  return true;
};

const farLeases = (tables: Tables, limit: number): { readonly now: Date; readonly leases: readonly FarLease[] } => {
  const now = tables.now();
  const far = ({ until, leaseMs }: { readonly until: Date | undefined; readonly leaseMs: number }) =>
    until !== undefined && until > after(now, leaseMs + CLOCK_SLACK_MS);
  const tasks = [...tables.leases].map(([id, { until, leaseMs }]) => ({ on: 'task' as const, id, until, leaseMs }));
  const operations = activeOperations(tables)
    .map(({ id, leaseUntil: until, leaseMs }) => ({ on: 'operation' as const, id, until, leaseMs }))
    .filter(far)
    .slice(0, limit);
  const leases = [...operations, ...tasks.filter(far)];
  return { now, leases: leases.map(({ until, ...lease }) => ({ ...lease, until: until?.toISOString() ?? '' })) };
};

const endLease = (tables: Tables, { on, id, until }: FarLease): boolean => {
  const now = tables.now();
  const operation = on === 'operation' ? tables.operations.get(id) : undefined;
  const task = on === 'task' ? tables.leases.get(id) : undefined;
  if (task?.until.toISOString() === until) {
    tables.leases.set(id, { ...task, until: now });
    return true;
  }
  if (operation?.leaseUntil?.toISOString() !== until) return false;
  operation.leaseUntil = now;
  return true;
};

export const ledger = (tables: Tables): OperationLedger =>
  methods(tables, { claim, renew, record, overdue, takeLease, farLeases, endLease });
