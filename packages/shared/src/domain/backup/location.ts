import type { Location } from './backup.ts';

/**
 * The key of the queue that creates of one repository share: cluster uuid, slash, name. It does not change when the repository's uuid is
 * learned. A cluster uuid has no slash.
 */
export const laneOf = ({ clusterUuid, repository }: Location): string => `${clusterUuid}/${repository}`;

/** The key of the repository within which a backup id is unique. */
export const repositoryKeyOf = (location: Location): string => location.repositoryUuid ?? laneOf(location);

/** Whether two locations are the same repository: by the repository's uuid if both are known, else by cluster and name. */
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
