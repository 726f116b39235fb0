import { watchComparisons } from './comparing/watch-comparisons.ts';
import type { EngineSide } from './engine-side.ts';
import type { DatabaseClock } from './faults/database-clock.ts';
import { watchLeases } from './leases/watch-leases.ts';
import type { Neighbours } from './neighbours.ts';
import { type Property, Violation } from './violation.ts';
import { watchClaims } from './watch-claims.ts';
import { watchNodes } from './watch-nodes.ts';
import { watchSnapshots } from './watch-snapshots.ts';
import { watchSuspensions } from './watch-suspensions.ts';
import { watchWishes } from './watch-wishes.ts';
import { type Accepted, isActive, type Watched, type WatchedDeletion } from './watched.ts';

/** Sees every effect at the moment it happens, keeps what it means, and throws a Violation where a promise is broken. */
export type Watch = ReturnType<typeof newWatch>;

export type WatchOptions = {
  readonly now: () => number;
  readonly createsPerRepository: number;
  readonly suspendAfterMs: number;
  readonly clock: DatabaseClock;
  readonly engine: EngineSide;
  readonly neighbours: Neighbours;
  /** How old a list may be that the engine shows. */
  readonly staleMs: number;
  /** The first violation ends the run. */
  readonly onViolation: (violation: Violation) => void;
  /** Something happened to the operation. */
  readonly onChange: (operation: Watched) => void;
};

/** What the parts of the watch share. */
export type Watching = ReturnType<typeof newWatching>;

/** A backup is not given up before the snapshot of one part has vanished that often. */
const MOST_VANISHINGS = 5;

const newWatching = ({ onViolation, ...options }: WatchOptions) => {
  const accepted = new Map<string, Accepted>();
  const deletions = new Map<string, WatchedDeletion>();
  const broken = (property: Property, message: string): void => onViolation(new Violation(property, message));
  const hasName =
    (name: string) =>
    ({ create }: Accepted): boolean =>
      create.parts.some(({ snapshotName }) => snapshotName === name);

  /** From now on the incarnations with that snapshot may end FAILED. */
  const excuse = (snapshotName: string, why: string): void => {
    for (const operation of [...accepted.values()].filter(hasName(snapshotName))) operation.excuses.add(why);
  };

  return {
    ...options,
    accepted,
    deletions,
    /** Suspended operations that an operator has asked to release. */
    releasable: new Set<string>(),
    /** uuids of snapshots that somebody else deleted. */
    removed: new Set<string>(),
    /** uuids of snapshots that were there when a worker recorded that a node could not use the repository. */
    distrusted: new Set<string>(),
    /** uuids of snapshots that somebody else made, and where. */
    strangers: new Map<string, string>(),
    broken,
    excuse,
    operationOf: (operationId: string): Watched | undefined => accepted.get(operationId) ?? deletions.get(operationId),
  };
};

export const newWatch = (options: WatchOptions) => {
  const watching = newWatching(options);
  const { accepted, deletions, removed, strangers, broken, excuse } = watching;
  const vanished = new Map<string, number>();
  const nodes = watchNodes(watching);

  /** A running snapshot is gone: the engine forgot it, or somebody deleted it. Too often, and the backup may give up. */
  const onVanished = (name: string): void => {
    const times = (vanished.get(name) ?? 0) + 1;
    vanished.set(name, times);
    if (times >= MOST_VANISHINGS) excuse(name, `its snapshot vanished ${times} times`);
  };

  const open = (): number => [...accepted.values(), ...deletions.values()].filter(isActive).length;

  const suspended = (): readonly Watched[] =>
    [...accepted.values(), ...deletions.values()].filter(({ suspendedAt }) => suspendedAt !== undefined);

  return {
    accepted,
    removed,
    distrusted: watching.distrusted,
    strangers,
    broken,
    excuse,
    onVanished,
    /** The operation, where it is a deletion. */
    deletionOf: ({ operationId }: Watched): WatchedDeletion | undefined => deletions.get(operationId),
    plannedNames: (): readonly string[] => [
      ...new Set([...accepted.values()].flatMap(({ create }) => create.parts.map(({ snapshotName }) => snapshotName))),
    ],
    operations: (): readonly Watched[] => [...accepted.values(), ...deletions.values()],
    open,
    suspended,
    releasable: watching.releasable,
    staleMs: watching.staleMs,
    ...watchSuspensions(watching),
    onHidden: nodes.onHidden,
    onMade: nodes.onMade,
    ...watchClaims(watching, nodes.onChanged),
    ...watchWishes(watching),
    ...watchSnapshots(watching),
    ...watchLeases(watching),
    ...watchComparisons(watching),
  };
};
