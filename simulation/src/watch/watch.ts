import { watchComparisons } from '../comparing/watch-comparisons.ts';
import { watchLeases } from '../leases/watch-leases.ts';
import { watchClaims } from './watch-claims.ts';
import { watchCommands } from './watch-commands.ts';
import { watchNodes } from './watch-nodes.ts';
import { watchSnapshots } from './watch-snapshots.ts';
import { watchSuspensions } from './watch-suspensions.ts';
import { isActive, type Watched, type WatchedDeletion } from './watched.ts';
import { newWatching, type WatchOptions } from './watching.ts';

/** Sees every effect at the moment it happens, keeps what it means, and throws a Violation where a promise is broken. */
export type Watch = ReturnType<typeof newWatch>;

/** A backup is not abandoned before the snapshot of one part has vanished that often. */
const MAX_VANISHINGS = 5;

export const newWatch = (options: WatchOptions) => {
  const watching = newWatching(options);
  const { accepted, deletions, removed, strangers, broken, excuse } = watching;
  const vanished = new Map<string, number>();
  const nodes = watchNodes(watching);

  /** A running snapshot is gone: the engine forgot it, or another client deleted it. Too often, and the backup may give up. */
  const onVanished = (name: string): void => {
    const times = (vanished.get(name) ?? 0) + 1;
    vanished.set(name, times);
    if (times >= MAX_VANISHINGS) excuse(name, `its snapshot vanished ${times} times`);
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
    ...watchCommands(watching),
    ...watchSnapshots(watching),
    ...watchLeases(watching),
    ...watchComparisons(watching),
  };
};
