import { fail } from '../failure/failure.ts';
import { belongsInBackup, classifyIndices, type Ownership } from '../ownership/index-ownership.ts';
import { type KeptOwnership, keptOwnership } from '../ownership/kept-ownership.ts';
import type { Profile } from '../profile.ts';
import type { DigestOf } from '../restore/manifest/manifest.ts';
import { checkBackupId } from './backup-id.ts';
import { formatSnapshotName, MAX_NAME_BYTES, maxIdLength } from './snapshot-name.ts';
import { splitOwned } from './split-into-parts.ts';

export type PlannedPart = {
  readonly number: number;
  readonly of: number;
  readonly snapshotName: string;
  readonly indices: readonly string[];
};

/** Throws VERSION_INVALID if a snapshot name cannot contain the version of Optimize. */
export const checkVersion = (optimizeVersion: string, source: string): string => {
  const version = optimizeVersion.toLowerCase();
  const verdict = checkBackupId(version);
  if (verdict.ok && version.length <= 64) return version;
  const rule = verdict.ok ? 'must be at most 64 characters long' : `${verdict.rule}, found ${verdict.found}`;
  throw fail('VERSION_INVALID', `The Optimize version ${JSON.stringify(version.slice(0, 80))} (${source}) ${rule}.`, {
    source,
  });
};

/** Throws BACKUP_ID_INVALID if a snapshot name would be longer than MAX_NAME_BYTES. */
export const checkNameLength = (profile: Profile, backupId: string, optimizeVersion: string): void => {
  const limit = maxIdLength(profile, optimizeVersion);
  if (backupId.length <= limit) return;
  throw fail(
    'BACKUP_ID_INVALID',
    `backupId is ${backupId.length} characters long; the maximum is ${limit} with this version of Optimize, since a snapshot name may have ${MAX_NAME_BYTES} bytes. Choose a shorter id.`,
    { field: 'backupId', length: backupId.length, limit },
  );
};

export type PlannedBackup = {
  readonly parts: readonly PlannedPart[];
  /** What of the prefix is ambiguous, unknown or left out. */
  readonly ownership: KeptOwnership;
};

type Named = { readonly backupId: string; readonly optimizeVersion: string };

/** The parts of a new backup of these indices, and what is left out by ownership. Throws NO_INDICES or PART_EMPTY, as `planParts`. */
export const planBackup = (
  profile: Profile,
  prefix: string,
  named: Named,
  indices: readonly string[],
  digestOf: DigestOf,
): PlannedBackup => {
  const ownership = classifyIndices(prefix, indices);
  return { parts: partsOf(profile, prefix, named, ownership), ownership: keptOwnership(ownership, digestOf) };
};

/**
 * The parts with their snapshot names. Throws NO_INDICES or PART_EMPTY, with the patterns searched: an empty list of indices would save the
 * entire cluster.
 */
export const planParts = (
  profile: Profile,
  prefix: string,
  backupId: string,
  optimizeVersion: string,
  indices: readonly string[],
): readonly PlannedPart[] => partsOf(profile, prefix, { backupId, optimizeVersion }, classifyIndices(prefix, indices));

const partsOf = (profile: Profile, prefix: string, named: Named, ownership: Ownership): readonly PlannedPart[] => {
  if (![...ownership.values()].some(belongsInBackup)) {
    throw fail(
      'NO_INDICES',
      `No Optimize index matches ${prefix}-* (open, closed and hidden). Check CAMUNDA_OPTIMIZE_INDEX_PREFIX, and that this is Optimize's engine.`,
      { lookedFor: `${prefix}-*` },
    );
  }
  const of = profile.parts.length;
  return splitOwned(profile, prefix, ownership).map((names, at) => {
    if (names.length === 0) throw emptyPart(profile, prefix, at);
    const number = at + 1;
    return {
      number,
      of,
      snapshotName: formatSnapshotName(profile, { ...named, number, of }),
      indices: names,
    };
  });
};

const emptyPart = (profile: Profile, prefix: string, at: number) => {
  const part = profile.parts[at];
  const lookedFor =
    part !== undefined && 'only' in part.selector
      ? part.selector.only.map((name) => `${prefix}-${name}_v*`)
      : [`${prefix}-*`];
  return fail(
    'PART_EMPTY',
    `Part ${at + 1} of ${profile.parts.length} (${part?.holds ?? ''}) would hold no index: none matches ${lookedFor.join(', ')}. A backup without it could not be restored.`,
    { part: at + 1, lookedFor },
  );
};
