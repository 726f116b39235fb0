import type { Location, PartRecord } from '../backup/backup.ts';
import { laneOf } from '../backup/location.ts';
import { type Failure, fail } from '../failure/failure.ts';

/** Whether the settings that say where a repository's data is are those under which its backups were recorded. */
export const SETTINGS_COMPARED = ['same', 'changed', 'unknown'] as const;
export type SettingsCompared = (typeof SETTINGS_COMPARED)[number];

/** Compares the digests of the settings under which a repository was recorded and is found. `unknown`: one of them is not known. */
export const compareSettings = (recorded: Location, found: Location): SettingsCompared => {
  const { settingsDigest } = recorded;
  if (settingsDigest === undefined || found.settingsDigest === undefined) return 'unknown';
  return settingsDigest === found.settingsDigest ? 'same' : 'changed';
};

/** Backups that are recorded in a repository, counted. */
export type Sighting = {
  /** COMPLETED ones that should be there: no record says that they were deleted. */
  readonly expected: number;
  /** Those of which at least one recorded snapshot is there. */
  readonly found: number;
};

export type Sightings = { readonly same: Sighting; readonly moved: Sighting };

/** What of a recorded backup is counted. */
export type CountedBackup = {
  readonly location: Location;
  readonly state: string;
  /** A deletion recorded that it was about to remove a snapshot of it. */
  readonly deleting: boolean;
  readonly parts: readonly Pick<PartRecord, 'snapshotName' | 'uuid' | 'drift'>[];
};

export type Holding = {
  readonly location: Location;
  /** By name. */
  readonly snapshots: ReadonlyMap<string, { readonly uuid: string }>;
};

export const noSightings: Sightings = { same: { expected: 0, found: 0 }, moved: { expected: 0, found: 0 } };

/** The counts with one more backup. */
export const withSighting = (counts: Sightings, backup: CountedBackup, holding: Holding): Sightings => {
  const group = compareSettings(backup.location, holding.location) === 'changed' ? 'moved' : 'same';
  const { expected, found } = counts[group];
  const after = { expected: expected + Number(isExpected(backup)), found: found + Number(isFound(backup, holding)) };
  return { ...counts, [group]: after };
};

const isExpected = ({ state, deleting, parts }: CountedBackup): boolean =>
  state === 'COMPLETED' && !deleting && parts.some(({ uuid }) => uuid !== undefined);

const isFound = ({ parts }: CountedBackup, { snapshots }: Holding): boolean =>
  parts.some(({ snapshotName, uuid }) => uuid !== undefined && snapshots.get(snapshotName)?.uuid === uuid);

/** The record of a repository that does not match: its location, how many backups are missing in it, and whether its settings changed. */
export const changeOf = (location: Location, { same, moved }: Sightings): RepositoryChange => ({
  location,
  missing: same.found > 0 ? moved.expected : same.expected + moved.expected,
  settings: moved.expected > 0 ? 'changed' : location.settingsDigest === undefined ? 'unknown' : 'same',
});

/** Whether an operator accepted the repository as it is now. */
export const isAcceptedAs = (
  location: Location,
  changed: { readonly location: Location; readonly acceptedAt: Date | undefined },
): boolean =>
  changed.acceptedAt !== undefined &&
  laneOf(changed.location) === laneOf(location) &&
  compareSettings(changed.location, location) !== 'changed';

/**
 * What is missing in a repository that does not match the record and was not accepted by an operator. Undefined: it is the recorded one.
 * `changed`: those that are recorded as changed; such a one stays so until something recorded is found where its name leads.
 */
export const doubtOf = (
  location: Location,
  counts: Sightings,
  changed: readonly (RepositoryChange & { readonly acceptedAt: Date | undefined })[],
): RepositoryChange | undefined => {
  if (changed.some((one) => isAcceptedAs(location, one))) return undefined;
  const known = changed.find((one) => one.acceptedAt === undefined && laneOf(one.location) === laneOf(location));
  if (matchesRecord(counts) && (known === undefined || holdsAny(counts))) return undefined;
  const found = changeOf(location, counts);
  if (known === undefined) return found;
  const { location: recorded, missing, settings } = known;
  // the name now leads to a third location: that is what an operator would accept
  if (compareSettings(recorded, location) === 'changed')
    return {
      location,
      missing: Math.max(missing, found.missing),
      settings: found.missing > 0 ? found.settings : settings,
    };
  return { location: recorded, missing, settings };
};

/** Whether anything recorded was found in the repository. */
export const holdsAny = ({ same, moved }: Sightings): boolean => same.found + moved.found > 0;

/** A backup that alone is gone is recorded as gone; where several are, the repository is doubted. */
const DOUBTED_FROM = 2;

/**
 * Whether a repository is the recorded one, by the snapshots in it. `moved`: backups that were recorded under other settings than those
 * of now; what is found of the others says nothing about their former location. An unknown digest counts as the same.
 */
export const matchesRecord = ({ same, moved }: Sightings): boolean => {
  if (moved.expected > 0 && moved.found === 0) return false;
  return same.found + moved.found > 0 || same.expected < DOUBTED_FROM;
};

export type RepositoryChange = {
  readonly location: Location;
  /** COMPLETED backups that should have been there. */
  readonly missing: number;
  readonly settings: SettingsCompared;
};

/**
 * Where a new backup is recorded: one that was accepted as another repository still shows the earlier one's uuid while it is empty, and
 * has its own with its first snapshot.
 */
export const locationOfNew = (
  location: Location,
  changed: readonly { readonly location: Location; readonly acceptedAt: Date | undefined }[],
): Location => {
  const accepted = changed.find((one) => one.acceptedAt !== undefined && laneOf(one.location) === laneOf(location));
  const isOfBefore = accepted !== undefined && accepted.location.repositoryUuid === location.repositoryUuid;
  return isOfBefore ? { ...location, repositoryUuid: undefined } : location;
};

const settingsWords = {
  same: ' Its settings are the recorded ones: the storage behind them is another one, or was emptied.',
  changed: ' Its settings lead to another location than the recorded ones.',
  unknown: '',
} as const satisfies Record<SettingsCompared, string>;

/** For an operator: what was found in the repository, in sentences. */
export const repositoryChangedFinding = ({ location: { repository }, missing, settings }: RepositoryChange): string =>
  `The repository does not match the recorded one: "${repository}" holds no snapshot of the ${missing} COMPLETED ${missing === 1 ? 'backup that is' : 'backups that are'} recorded there.${settingsWords[settings]}`;

/** For an operator: the two ways out, without a full stop. */
export const repositoryChangedRemedy = ({ location: { repository } }: RepositoryChange): string =>
  `Register its old location again and reconcile (POST /api/v1/history/reconcile), or accept the current one (POST /api/v1/repositories/${encodeURIComponent(repository)}/accept)`;

/** For an operator: the finding and the two ways out. */
export const repositoryChangedWords = (change: RepositoryChange): string =>
  `${repositoryChangedFinding(change)} ${repositoryChangedRemedy(change)}.`;

/** REPOSITORY_CHANGED, to throw, with the finding, the ways out, and the location in its data. */
export const repositoryChanged = (change: RepositoryChange, last = ''): Failure =>
  fail('REPOSITORY_CHANGED', `${repositoryChangedWords(change)}${last}`, {
    repository: change.location.repository,
    missing: change.missing,
    settings: change.settings,
  });
