import type { Claim, FarLease } from '@tandem/history/ports/ledger.ts';
import { LEASE_MS, QUIET_MS, SWEEP_EVERY_MS } from '../scenario/timing.ts';
import type { World } from '../scenario/world.ts';
import type { Watched } from '../watch/watched.ts';

/** Longer than any wait; then a lease that lies too far ahead, of the operation and of the sweep, and the time it takes to see that. */
const LONGEST_STAND_MS = QUIET_MS + 2 * LEASE_MS + 12 * SWEEP_EVERY_MS;

const everyOperation = ({ watch, restores }: World): readonly Watched[] => [
  ...watch.operations(),
  ...(restores?.all.values() ?? []),
];

const operationOf = ({ watch, restores }: World, operationId: string): Watched | undefined =>
  watch.operationOf(operationId) ?? restores?.all.get(operationId);

/** Leases end as the clock of PostgreSQL says. */
export const watchJumps = (world: World): void => {
  world.clock.events.onJump = (byMs) => {
    for (const { held } of everyOperation(world)) if (held !== undefined) held.leaseUntil -= byMs;
  };
};

/** Only a lease that nobody has renewed for its length is ended by others. */
export const onLeaseEnded = (world: World, { on, id }: FarLease, isEnded: boolean): void => {
  const { watch, scheduler } = world;
  const held = operationOf(world, id)?.held;
  if (on !== 'operation' || !isEnded || held === undefined) return;
  const idleMs = scheduler.now() - held.renewedAt;
  if (idleMs < held.leaseMs && !held.released)
    watch.broken('fenced', `the lease of ${held.by} on ${id} was ended, ${idleMs} ms after it was renewed`);
  held.leaseUntil = scheduler.now();
};

/**
 * Once the clock is right and the faults are over, what was left from before waits for its time and no longer, although one process may still be
 * cut off.
 */
export const requireMoving = (world: World, operationId: string, claim: Claim): void => {
  const { watch, scheduler, clock, outages, calmSince } = world;
  const operation = operationOf(world, operationId);
  if (
    !(clock.isUnsteady || world.partitions.isParted) ||
    calmSince === undefined ||
    !claim.claimed ||
    operation === undefined
  )
    return;
  const movesFrom = Math.max(calmSince, clock.lastJumpAt(), outages.workersUntil);
  const since = Math.max(movesFrom, operation.activeAt, operation.retriedAt);
  const stoodMs = scheduler.now() - Math.max(since, operation.held?.renewedAt ?? 0);
  if (stoodMs > LONGEST_STAND_MS) watch.broken('moves', `nobody worked on ${operationId} for ${stoodMs} ms`);
};
