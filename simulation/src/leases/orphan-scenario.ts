import type { Random } from '../chance/random.ts';
import { CALL_FAULTS, type Command, type Deed, NO_ABSENCE, type Scenario } from '../scenario/scenario.ts';

/** Every so many seeds one is about what comes late of operations that have ended. */
const EVERY = 16;

export const isOrphanSeed = (seed: number): boolean => seed % EVERY === 4 || seed % EVERY === 15;

/** Workers stop before they send a create, and its backup is deleted or cancelled meanwhile. */
export const withOrphans = (drawn: Scenario, random: Random): Scenario => ({
  ...drawn,
  ...{ workers: random.between(2, 3), repositories: ['one'], maxAttempts: undefined, badEnds: 0 },
  ...{ faultsForMs: 30_000, deeds: [], indexMovesEveryMs: undefined, stopsBeforeDeletion: 0.5 },
  requests: drawn.requests.slice(0, 2).map((request) => ({ ...request, repository: 'one' })),
  commands: drawn.requests.slice(0, 2).map(({ backupId }) => drawCommand(random, backupId)),
  callFaults: { ...NO_FAULTS, freeze: 0.05 },
  ...NO_ABSENCE,
});

const drawCommand = (random: Random, backupId: string): Command => ({
  backupId,
  kind: random.pick(['delete', 'delete', 'cancelAndDelete', 'cancel'] as const) ?? 'delete',
  when: random.pick(['part1', 'part1', 'part2'] as const) ?? 'part1',
  again: random.chance(0.3),
});

export const NO_FAULTS = Object.fromEntries(CALL_FAULTS.map((fault) => [fault, 0])) as Scenario['callFaults'];

/** And so many about leases that run out right before a write. */
export const isStoppedSeed = (seed: number): boolean => seed % EVERY === 7 || seed % EVERY === 12;

/** Share of the moments before a write at which a tick is stopped. */
export const STOPPED_SHARE = 0.2;

/** Parts are made again: nodes lose the repository, snapshots end badly, backups are deleted. */
export const withStops = (drawn: Scenario, random: Random): Scenario => ({
  ...drawn,
  ...{ workers: random.between(2, 3), maxAttempts: undefined, faultsForMs: 30_000, stopsBeforeWrites: STOPPED_SHARE },
  ...{ badEnds: random.pick([0, 0.3]) ?? 0, deeds: random.pick<readonly Deed[]>([[], ['nodeUnmounted']]) ?? [] },
  commands: drawn.requests.map(({ backupId }) => ({
    ...drawCommand(random, backupId),
    when: random.pick(['part2', 'completed', 'completed'] as const) ?? 'completed',
  })),
  callFaults: NO_FAULTS,
  ...NO_ABSENCE,
});
