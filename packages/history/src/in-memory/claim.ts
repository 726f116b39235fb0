import type { Claim, ClaimOptions } from '../ports/ledger.ts';
import { move } from './move.ts';
import { openRestoreInPlace } from './restore-requests.ts';
import { isUnclaimed } from './suspensions.ts';
import {
  activeOperations,
  after,
  asRecord,
  isFree,
  isOpen,
  isTooFarAhead,
  type OperationRow,
  type Tables,
} from './tables.ts';

/** Due a little later counts as due: clocks of queues are not that exact. */
const EARLY_MS = 50;

/** The slot for a create that has none; undefined: others come first, or all are taken. */
const slotFor = (tables: Tables, operation: OperationRow, slots: number): number | undefined => {
  const lane = activeOperations(tables).filter((other) => other.lane === operation.lane && other.kind === 'create');
  const taken = new Set(lane.map(({ createSlot }) => createSlot));
  taken.delete(undefined);
  const ahead = lane.filter((other) => other.createSlot === undefined && other.position < operation.position).length;
  const free = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => !taken.has(slot));
  return ahead < slots - taken.size ? free[ahead] : undefined;
};

export const claim = (tables: Tables, operationId: string, options: ClaimOptions): Claim => {
  const now = tables.now();
  const operation = tables.operations.get(operationId);
  if (operation === undefined) return { claimed: false, why: 'unknown' };
  if (!isOpen(operation)) return { claimed: false, why: 'ended' };
  if (operation.state === 'SUSPENDED') return { claimed: false, why: 'suspended' };
  if (!isFree(operation, now)) return { claimed: false, why: 'leased' };
  if (isUnclaimed(operation, options.suspendAfterMs, now)) {
    return { claimed: false, why: 'stale', backupId: operation.backup.backupId };
  }
  if (operation.kind === 'create' && operation.createSlot === undefined) {
    return claimSlot(tables, operation, options, now);
  }
  const dueInMs = operation.nextTickAt.getTime() - now.getTime();
  const isEarly = dueInMs > EARLY_MS && !isTooFarAhead(operation, now);
  return isEarly ? { claimed: false, why: 'early', dueInMs } : take(tables, operation, options, now);
};

const claimSlot = (tables: Tables, operation: OperationRow, options: ClaimOptions, now: Date): Claim => {
  const { backup, detail } = operation;
  const restore = openRestoreInPlace(tables, backup.location.clusterUuid, detail.safetyOf);
  const slot = restore ? undefined : slotFor(tables, operation, options.createsPerRepository);
  if (slot === undefined) {
    operation.nextTickAt = after(now, options.queuedRetryMs);
    operation.waitMs = options.queuedRetryMs;
    return { claimed: false, why: 'queued', dueInMs: options.queuedRetryMs };
  }
  operation.createSlot = slot;
  return take(tables, operation, options, now);
};

const take = (tables: Tables, operation: OperationRow, options: ClaimOptions, now: Date): Claim => {
  if (operation.state === 'RUNNING') operation.trigger = 'sweep';
  move(tables, operation, 'claim');
  operation.leaseUntil = after(now, options.leaseMs);
  operation.leaseMs = options.leaseMs;
  const {
    id: operationId,
    kind,
    revision,
    requestedAt,
    requestId,
    failedTries,
    failingSince,
    trigger,
    detail,
  } = operation;
  const backup = asRecord(tables, operation.backup);
  return {
    claimed: true,
    operation: {
      ...{
        operationId,
        kind,
        revision,
        requestedAt,
        requestId,
        actor: operation.actor,
        failedTries,
        failingSince,
        trigger,
        detail,
        now,
        aheadMs: isTooFarAhead(operation, now) ? operation.nextTickAt.getTime() - now.getTime() : undefined,
      },
      backup,
    },
  };
};

export const renew = (tables: Tables, operationId: string, revision: number, leaseMs: number): boolean => {
  const operation = tables.operations.get(operationId);
  if (operation?.state !== 'RUNNING' || operation.revision !== revision) return false;
  operation.leaseUntil = after(tables.now(), leaseMs);
  operation.leaseMs = leaseMs;
  return true;
};
