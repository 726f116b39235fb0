import type { Location } from './backup.ts';

/** What creates share their slots by: it stays what it is when the repository's uuid is learned. A cluster uuid has no slash. */
export const laneOf = ({ clusterUuid, repository }: Location): string => `${clusterUuid}/${repository}`;

/** What an id is unique in. */
export const repositoryKeyOf = (location: Location): string => location.repositoryUuid ?? laneOf(location);

/** By the repository's uuid where both know one, else by cluster and name. */
export const isSameLocation = (one: Location, other: Location): boolean =>
  one.repositoryUuid !== undefined && other.repositoryUuid !== undefined
    ? one.repositoryUuid === other.repositoryUuid
    : laneOf(one) === laneOf(other);

/**
 * Whether what a repository holds now says anything about a record: a repository that was re-registered to an empty location has no uuid,
 * and is not where a record with one lives.
 */
export const isWhereItLives = (record: Location, there: Location): boolean =>
  record.repositoryUuid === undefined
    ? laneOf(record) === laneOf(there)
    : record.repositoryUuid === there.repositoryUuid;
