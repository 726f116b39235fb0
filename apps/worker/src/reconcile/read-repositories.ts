import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { ChangedRepository } from '@tandem/history/ports/repositories.ts';
import { listLocation } from '@tandem/planning/repository/list-location.ts';
import type { Location, Reason } from '@tandem/shared/domain/backup/backup.ts';
import { isWhereItLives, repositoryKeyOf } from '@tandem/shared/domain/backup/location.ts';
import type { ListedSnapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import { isAcceptedAs } from '@tandem/shared/domain/repository/repository-identity.ts';

/** What a repository holds, by name. */
export type Listing = {
  /** Where it is now. */
  readonly location: Location;
  readonly engine: EngineInfo;
  readonly snapshots: ReadonlyMap<string, ListedSnapshot>;
  /** Names that records plan, as far as they were read. Shared with what is the same repository under another name. */
  readonly claimed: Set<string>;
};

export type PlaceReading =
  | { readonly listing: Listing; readonly unread?: undefined }
  | { readonly listing?: undefined; readonly unread: Reason };

export type Repositories = {
  /** As it is registered now. */
  readonly readName: (repository: string) => Promise<PlaceReading>;
  /** What is recorded to live there as it stands in the engine, or why nothing can be said of it. Read once. */
  readonly read: (recorded: Location) => Promise<PlaceReading>;
};

/**
 * Reads each repository when it is first asked for, names only. What is unreachable, disabled, not registered, or another repository under
 * the name says nothing about what is recorded there.
 */
export const readRepositories = (
  engine: SearchEngine,
  profiles: readonly Profile[],
  changed: readonly ChangedRepository[] = [],
): Repositories => {
  const byName = new Map<string, Promise<PlaceReading>>();
  const claimedAt = new Map<string, Set<string>>();
  let info: Promise<EngineInfo> | undefined;

  const list = async (repository: string): Promise<PlaceReading> => {
    try {
      info ??= engine.info();
      const now = await info;
      const { location, snapshots } = await listLocation(engine, repository, now, profiles);
      const place = repositoryKeyOf(location);
      const claimed = claimedAt.get(place) ?? new Set();
      claimedAt.set(place, claimed);
      return { listing: { location, engine: now, claimed, snapshots } };
    } catch (error) {
      return { unread: reasonOf(error) };
    }
  };
  const readName = (repository: string): Promise<PlaceReading> => {
    const reading = byName.get(repository) ?? list(repository);
    byName.set(repository, reading);
    return reading;
  };

  /** An empty repository that was accepted in place of the recorded one has another uuid from its first snapshot on. */
  const wasAcceptedFor = (recorded: Location, location: Location): boolean =>
    changed.some((one) => isAcceptedAs(location, one) && isWhereItLives(recorded, one.location));

  const read: Repositories['read'] = async (recorded) => {
    const reading = await readName(recorded.repository);
    const { listing } = reading;
    if (listing === undefined) return reading;
    return isWhereItLives(recorded, listing.location) || wasAcceptedFor(recorded, listing.location)
      ? { listing }
      : { unread: elsewhereReason(recorded, listing.location) };
  };
  return { readName, read };
};

/** That its name stands for another place now. */
export const elsewhereReason = (recorded: Location, location: Location): Reason => ({
  code: 'REPOSITORY_CHANGED',
  message: `Repository ${recorded.repository} is ${placeWords(location)} now; these backups are recorded in ${placeWords(recorded)}. Register the name to their place to have them compared.`,
  data: { recorded, found: location },
});

const placeWords = ({ clusterUuid, repositoryUuid }: Location): string =>
  repositoryUuid === undefined ? `one without snapshots in cluster ${clusterUuid}` : `uuid ${repositoryUuid}`;

/** Why the engine could not be asked. Rejects with what is no failure of the engine. */
export const reasonOf = (error: unknown): Reason => {
  if (!isFailure(error)) throw error;
  return { code: error.code, message: error.message, data: error.data };
};
