import type { SearchEngine } from '@tandem/engine/port.ts';
import type { ReconciliationHistory } from '@tandem/history/ports/reconciliation.ts';
import type { RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import { isWhereItLives } from '@tandem/shared/domain/backup/location.ts';
import {
  type CountedBackup,
  compareSettings,
  doubtOf,
  noSightings,
  repositoryChanged,
  type Sightings,
  withSighting,
} from '@tandem/shared/domain/backup/repository-identity.ts';
import { listPlace } from './list-place.ts';

export type RecordedRepository = {
  readonly engine: Pick<SearchEngine, 'info' | 'readRepository' | 'listSnapshots'>;
  readonly history: Pick<ReconciliationHistory, 'livingBackups'> & Pick<RepositoryHistory, 'changedRepositories'>;
};

const PAGE = 200;

/** A backup that is being deleted, and lacks snapshots that its deletion did not remove. */
export type Missed = Pick<CountedBackup, 'location' | 'parts'>;

/**
 * REPOSITORY_CHANGED: the repository holds none of what is recorded there, as a comparison would find it, or was registered under other settings
 * than the missed backup, and nothing of that is there. Resolves to the uuids that are there. Reads the names of its snapshots and every record:
 * for the rare case that nothing of a backup is there. Rejects as the ports do.
 */
export const requireRecordedRepository = async (
  { engine, history }: RecordedRepository,
  repository: string,
  missed?: Missed,
): Promise<ReadonlySet<string>> => {
  const holding = await listPlace(engine, repository, await engine.info());
  const { location, snapshots } = holding;
  const isElsewhere = missed !== undefined && compareSettings(missed.location, location) === 'changed';
  // as a backup that is being deleted it would not be expected anywhere
  let counts: Sightings = isElsewhere
    ? withSighting(noSightings, { ...missed, state: 'COMPLETED', deleting: false }, holding)
    : noSightings;
  let place: string | undefined;
  do {
    const page = await history.livingBackups(place, PAGE);
    for (const backup of page.backups)
      if (backup.location.repository === repository && isWhereItLives(backup.location, location))
        counts = withSighting(counts, backup, holding);
    place = page.next;
  } while (place !== undefined);
  const change = doubtOf(location, counts, await history.changedRepositories());
  if (change !== undefined) throw repositoryChanged(change);
  return new Set([...snapshots.values()].map(({ uuid }) => uuid));
};
