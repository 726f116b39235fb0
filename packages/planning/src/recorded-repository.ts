import type { SearchEngine } from '@tandem/engine/port.ts';
import type { ReconcileHistory } from '@tandem/history/reconcile-port.ts';
import type { RepositoryHistory } from '@tandem/history/repositories-port.ts';
import type { Location } from '@tandem/shared/domain/backup.ts';
import { isWhereItLives } from '@tandem/shared/domain/location.ts';
import { profiles } from '@tandem/shared/domain/profile.ts';
import {
  doubtOf,
  noSightings,
  repositoryChanged,
  type Sightings,
  withSighting,
} from '@tandem/shared/domain/repository-identity.ts';

export type RecordedRepository = {
  readonly engine: Pick<SearchEngine, 'info' | 'readRepository' | 'listSnapshots'>;
  readonly history: Pick<ReconcileHistory, 'livingBackups'> & Pick<RepositoryHistory, 'changedRepositories'>;
};

const PAGE = 200;

/**
 * REPOSITORY_CHANGED: the repository holds none of what is recorded there, as a comparison would find it. Reads the names of its snapshots
 * and every record: for the rare case that nothing of a backup is there. Rejects as the ports do.
 */
export const requireRecordedRepository = async (
  { engine, history }: RecordedRepository,
  repository: string,
): Promise<void> => {
  const [{ uuid, settingsDigest }, { clusterUuid }] = await Promise.all([
    engine.readRepository(repository),
    engine.info(),
  ]);
  const location: Location = { clusterUuid, repository, repositoryUuid: uuid, settingsDigest };
  const snapshots = await snapshotsIn(engine, repository);
  let counts: Sightings = noSightings;
  let place: string | undefined;
  do {
    const page = await history.livingBackups(place, PAGE);
    for (const backup of page.backups)
      if (backup.location.repository === repository && isWhereItLives(backup.location, location))
        counts = withSighting(counts, backup, { location, snapshots });
    place = page.next;
  } while (place !== undefined);
  const change = doubtOf(location, counts, await history.changedRepositories());
  if (change !== undefined) throw repositoryChanged(change);
};

const snapshotsIn = async (engine: RecordedRepository['engine'], repository: string) => {
  const snapshots = new Map<string, { readonly uuid: string }>();
  for (const prefix of new Set(Object.values(profiles).map(({ namePrefix }) => `${namePrefix}_`)))
    for (const snapshot of await engine.listSnapshots(repository, prefix)) snapshots.set(snapshot.name, snapshot);
  return snapshots;
};
