import type { DatabaseClock } from '../faults/database-clock.ts';
import type { EngineSide } from '../scenario/engine-side.ts';
import type { Neighbours } from '../scenario/neighbours.ts';
import { type Property, Violation } from './violation.ts';
import type { Accepted, Watched, WatchedDeletion } from './watched.ts';

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

export const newWatching = ({ onViolation, ...options }: WatchOptions) => {
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
    /** uuids of snapshots that another client deleted. */
    removed: new Set<string>(),
    /** uuids of snapshots that were there when a worker recorded that a node could not use the repository. */
    distrusted: new Set<string>(),
    /** uuids of snapshots that another client made, and where. */
    strangers: new Map<string, string>(),
    broken,
    excuse,
    operationOf: (operationId: string): Watched | undefined => accepted.get(operationId) ?? deletions.get(operationId),
  };
};
