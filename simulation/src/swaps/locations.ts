import type { InMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';

export const REPOSITORY = 'backups';
/** The one that the repository is created with, and those that its name is registered to. */
export const FIRST_LOCATION = REPOSITORY;
export const OTHER_LOCATIONS = ['place-2', 'place-3'] as const;

/** What lies in the locations that the repository's name was registered to: the engine tells of one of them only. */
export type Locations = ReturnType<typeof newLocations>;

export const newLocations = (engine: InMemoryEngine) => {
  const away = new Map<string, readonly Snapshot[]>();
  let here: string = FIRST_LOCATION;
  /** Those that were registered since the last step began. */
  let seen = new Set<string>([here]);
  let moves = 0;

  return {
    here: (): string => here,
    /** Engines refuse it while a snapshot runs there. False: refused, or it is there already. */
    move: (to: string): boolean => {
      if (to === here || engine.running(REPOSITORY).length > 0) return false;
      away.set(here, engine.snapshots(REPOSITORY));
      engine.moveRepository(REPOSITORY, to);
      away.delete(to);
      here = to;
      seen.add(to);
      moves += 1;
      return true;
    },
    beginStep: (): void => {
      seen = new Set([here]);
      moves = 0;
    },
    seenInStep: (): ReadonlySet<string> => seen,
    /** There and back between two calls nobody can see. */
    isRestless: (): boolean => moves > 1,
    /** Where the snapshot is; undefined: nowhere any more. */
    locationOf: (uuid: string): string | undefined => {
      const has = (list: readonly Snapshot[]) => list.some((snapshot) => snapshot.uuid === uuid);
      if (has(engine.snapshots(REPOSITORY))) return here;
      return [...away].find(([, list]) => has(list))?.[0];
    },
  };
};
