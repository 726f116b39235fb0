import { type Profile, profiles } from '../profile.ts';

export type PartName = {
  readonly backupId: string;
  readonly optimizeVersion: string;
  /** From 1. */
  readonly number: number;
  readonly of: number;
};

/** Engines enforce no limit on snapshot names; file systems and object stores do. */
export const MAX_NAME_BYTES = 255;

/** The name of a part's snapshot, the inverse of `parseSnapshotName`. The version is in lower case, since engines refuse capitals; ids have none. */
export const formatSnapshotName = (profile: Profile, part: PartName): string =>
  `${profile.namePrefix}_${part.backupId}_${part.optimizeVersion.toLowerCase()}_part_${part.number}_of_${part.of}`;

/**
 * Read from the right: `_part_n_of_m`, then a version without `_`, then the id, which may hold `_` in names that Tandem did not choose.
 * Undefined: not a name of this profile.
 */
export const parseSnapshotName = (profile: Profile, name: string): PartName | undefined => {
  const match = /^(.+)_([^_]+)_part_([1-9]\d{0,3})_of_([1-9]\d{0,3})$/.exec(withoutPrefix(profile, name));
  const [, backupId, optimizeVersion, number, of] = match ?? [];
  if (backupId === undefined || optimizeVersion === undefined || Number(number) > Number(of)) return undefined;
  return { backupId, optimizeVersion, number: Number(number), of: Number(of) };
};

/** The id in a snapshot's name, whichever profile gave it. Undefined: no profile gives such a name. */
export const backupIdOf = (name: string): string | undefined => {
  const parsed = Object.values(profiles).flatMap((profile) => parseSnapshotName(profile, name) ?? []);
  return parsed[0]?.backupId;
};

/** A pattern for every snapshot of that id. It also matches ids that begin with it: parse the names that are found. */
export const lookupPattern = (profile: Profile, backupId: string): string => `${profile.namePrefix}_${backupId}_*`;

/** The longest id that keeps the complete name within MAX_NAME_BYTES. Ids and versions are ASCII, so characters are bytes. */
export const maxIdLength = (profile: Profile, optimizeVersion: string): number => {
  const of = profile.parts.length;
  return MAX_NAME_BYTES - formatSnapshotName(profile, { backupId: '', optimizeVersion, number: of, of }).length;
};

const withoutPrefix = (profile: Profile, name: string): string =>
  name.startsWith(`${profile.namePrefix}_`) ? name.slice(profile.namePrefix.length + 1) : '';
