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
} from '@tandem/shared/domain/repository/repository-identity.ts';
import { listLocation } from './list-location.ts';

export type RecordedRepository = {
  readonly engine: Pick<SearchEngine, 'info' | 'readRepository' | 'listSnapshots'>;
  readonly history: Pick<ReconciliationHistory, 'livingBackups'> & Pick<RepositoryHistory, 'changedRepositories'>;
};

const PAGE = 200;

/** A backup that is being deleted and lacks snapshots that its deletion did not remove. */
export type Missed = Pick<CountedBackup, 'location' | 'parts'>;

/**
 * REPOSITORY_CHANGED: the repository contains none of its recorded snapshots, as a reconciliation would find, or its settings differ from
 * those recorded for the missing backup and it contains none of that backup's snapshots. Resolves with the uuids it contains. Reads all
 * snapshot names and every record, so it is only for the rare case that all snapshots of a backup are missing. Rejects as the ports do.
 */
export const requireRecordedRepository = async (
  { engine, history }: RecordedRepository,
  repository: string,
  missed?: Missed,
): Promise<ReadonlySet<string>> => {
  const holding = await listLocation(engine, repository, await engine.info());
  const { location, snapshots } = holding;
  const isElsewhere = missed !== undefined && compareSettings(missed.location, location) === 'changed';
  // a backup that is being deleted would not be expected in any repository
  let counts: Sightings = isElsewhere
    ? withSighting(noSightings, { ...missed, state: 'COMPLETED', deleting: false }, holding)
    : noSightings;
  let cursor: string | undefined;
  do {
    const page = await history.livingBackups(cursor, PAGE);
    for (const backup of page.backups)
      if (backup.location.repository === repository && isWhereItLives(backup.location, location))
        counts = withSighting(counts, backup, holding);
    cursor = page.next;
  } while (cursor !== undefined);
  const change = doubtOf(location, counts, await history.changedRepositories());
  if (change !== undefined) throw repositoryChanged(change);
  return new Set([...snapshots.values()].map(({ uuid }) => uuid));
};
