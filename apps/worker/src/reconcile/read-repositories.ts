import type { EngineInfo, SearchEngine } from '@tandem/engine/port.ts';
import type { ChangedRepository } from '@tandem/history/ports/repositories.ts';
import { listLocation } from '@tandem/planning/repository/list-location.ts';
import type { Location } from '@tandem/shared/domain/backup/backup.ts';
import { isWhereItLives, repositoryKeyOf } from '@tandem/shared/domain/backup/location.ts';
import type { ListedSnapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';
import type { Profile } from '@tandem/shared/domain/profile.ts';
import { isAcceptedAs } from '@tandem/shared/domain/repository/repository-identity.ts';

/** The contents of a repository, by name. */
export type Listing = {
  /** Its current location. */
  readonly location: Location;
  readonly engine: EngineInfo;
  readonly snapshots: ReadonlyMap<string, ListedSnapshot>;
  /** Names that records plan, as far as they were read. Shared between names of the same repository. */
  readonly claimed: Set<string>;
};

export type LocationReading =
  | { readonly listing: Listing; readonly unread?: undefined }
  | { readonly listing?: undefined; readonly unread: Reason };

export type Repositories = {
  /** As currently registered. */
  readonly readName: (repository: string) => Promise<LocationReading>;
  /** The listing for a recorded location, or why there is none. Read once. */
  readonly read: (recorded: Location) => Promise<LocationReading>;
};

/**
 * Reads each repository on first use, names only. One that is unreachable, disabled, not registered, or another one under the name says
 * nothing about the backups recorded there.
 */
export const readRepositories = (
  engine: SearchEngine,
  profiles: readonly Profile[],
  changed: readonly ChangedRepository[] = [],
): Repositories => {
  const byName = new Map<string, Promise<LocationReading>>();
  const claimedAt = new Map<string, Set<string>>();
  let info: Promise<EngineInfo> | undefined;

  const list = async (repository: string): Promise<LocationReading> => {
    try {
      info ??= engine.info();
      const now = await info;
      const { location, snapshots } = await listLocation(engine, repository, now, profiles);
      const key = repositoryKeyOf(location);
      const claimed = claimedAt.get(key) ?? new Set();
      claimedAt.set(key, claimed);
      return { listing: { location, engine: now, claimed, snapshots } };
    } catch (error) {
      return { unread: reasonOf(error) };
    }
  };
  const readName = (repository: string): Promise<LocationReading> => {
    const reading = byName.get(repository) ?? list(repository);
    byName.set(repository, reading);
    return reading;
  };

  /** An empty repository that was accepted in place of the recorded one gets another uuid with its first snapshot. */
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

/** Says that the name refers to another location now. */
export const elsewhereReason = (recorded: Location, location: Location): Reason => ({
  code: 'REPOSITORY_CHANGED',
  message: `Repository ${recorded.repository} is ${locationWords(location)} now; these backups are recorded in ${locationWords(recorded)}. Register the name for their location again to have them compared.`,
  data: { recorded, found: location },
});

const locationWords = ({ clusterUuid, repositoryUuid }: Location): string =>
  repositoryUuid === undefined ? `one without a uuid in cluster ${clusterUuid}` : `uuid ${repositoryUuid}`;

/** Why the engine call failed. Throws errors that are not engine failures. */
export const reasonOf = (error: unknown): Reason => {
  if (!isFailure(error)) throw error;
  return { code: error.code, message: error.message, data: error.data };
};
