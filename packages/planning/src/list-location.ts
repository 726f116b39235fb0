import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import type { ListedSnapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { profiles as allProfiles, type Profile } from '@tandem/shared/domain/profile.ts';

export type ListedPlace = {
  readonly location: Location;
  /** Of the profiles, by name. */
  readonly snapshots: ReadonlyMap<string, ListedSnapshot>;
};

/**
 * What lies in the place that a repository's name stands for. REPOSITORY_CHANGED: the name was registered to another place while it was read, so
 * that the settings would be of one place and the snapshots of another. Rejects as the engine does.
 */
export const listPlace = async (
  engine: Pick<SearchEngine, 'readRepository' | 'listSnapshots'>,
  repository: string,
  { clusterUuid }: Pick<EngineInfo, 'clusterUuid'>,
  profiles: readonly Profile[] = Object.values(allProfiles),
): Promise<ListedPlace> => {
  const before = await engine.readRepository(repository);
  const snapshots = new Map<string, ListedSnapshot>();
  for (const prefix of new Set(profiles.map(({ namePrefix }) => `${namePrefix}_`)))
    for (const snapshot of await engine.listSnapshots(repository, prefix)) snapshots.set(snapshot.name, snapshot);
  const { uuid, settingsDigest } = await engine.readRepository(repository);
  if (before.settingsDigest !== settingsDigest || (before.uuid !== undefined && before.uuid !== uuid))
    throw registeredElsewhere(repository);
  return { location: { clusterUuid, repository, repositoryUuid: uuid, settingsDigest }, snapshots };
};

/** What was read before is of one place, what was read after of another. */
export const registeredElsewhere = (repository: string): Failure =>
  fail(
    'REPOSITORY_CHANGED',
    `Repository ${repository} was registered to another place while it was read. It is read again later.`,
    { repository },
  );
