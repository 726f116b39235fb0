import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import type { ListedSnapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { type Failure, fail } from '@tandem/shared/domain/failure/failure.ts';
import { profiles as allProfiles, type Profile } from '@tandem/shared/domain/profile.ts';

export type ListedLocation = {
  readonly location: Location;
  /** The snapshots of the profiles, by name. */
  readonly snapshots: ReadonlyMap<string, ListedSnapshot>;
};

/**
 * Lists a repository: its location and its snapshots. REPOSITORY_CHANGED: the repository was re-registered with another location meanwhile,
 * so that its settings and its snapshots would not belong together. Rejects as the engine does.
 */
export const listLocation = async (
  engine: Pick<SearchEngine, 'readRepository' | 'listSnapshots'>,
  repository: string,
  { clusterUuid }: Pick<EngineInfo, 'clusterUuid'>,
  profiles: readonly Profile[] = Object.values(allProfiles),
): Promise<ListedLocation> => {
  const before = await engine.readRepository(repository);
  const snapshots = new Map<string, ListedSnapshot>();
  for (const prefix of new Set(profiles.map(({ namePrefix }) => `${namePrefix}_`)))
    for (const snapshot of await engine.listSnapshots(repository, prefix)) snapshots.set(snapshot.name, snapshot);
  const { uuid, settingsDigest } = await engine.readRepository(repository);
  if (before.settingsDigest !== settingsDigest || (before.uuid !== undefined && before.uuid !== uuid))
    throw registeredElsewhere(repository);
  return { location: { clusterUuid, repository, repositoryUuid: uuid, settingsDigest }, snapshots };
};

/** Settings and snapshots were read from different locations. */
export const registeredElsewhere = (repository: string): Failure =>
  fail(
    'REPOSITORY_CHANGED',
    `Repository ${repository} was re-registered with another location while it was read. It will be read again later.`,
    { repository },
  );
