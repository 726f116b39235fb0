import type { BackupRecord, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import type { OldestIndex } from '@tandem/shared/domain/backup/state/compatibility.ts';

/* Which versions of engines the recorded snapshots are of. The same promises as in history.ts. */

/** Of the parts whose snapshots exist, as far as is recorded; each ascending, each once. */
export type RecordedVersions = {
  /** `version_id` of snapshots. */
  readonly snapshots: readonly number[];
  /** `index.version.created` of the oldest index of each part. */
  readonly oldestIndices: readonly number[];
};

/**
 * Backups with a part of one of these versions; an empty list matches nothing. `unrecorded`: also those with a part whose snapshot has one of these
 * versions, and whose oldest index was not recorded; absent: none.
 */
export type VersionFilter = RecordedVersions & { readonly unrecorded?: readonly number[] };

export type VersionedBackup = Pick<
  BackupRecord,
  'key' | 'backupId' | 'optimizeVersion' | 'requestedAt' | 'location' | 'safetyOf'
> & {
  readonly parts: readonly Pick<
    PartRecord,
    'number' | 'snapshotName' | 'state' | 'engineVersion' | 'versionId' | 'oldestIndex'
  >[];
};

/** A part whose snapshot exists and whose oldest index was not recorded. `manifest`: digest of what was recorded before it; undefined: nothing was. */
export type UnrecordedPart = {
  readonly backupKey: string;
  readonly number: number;
  readonly versionId: number;
  readonly manifest: string | undefined;
};

export type FoundOldestIndex = Pick<UnrecordedPart, 'backupKey' | 'number'> & {
  /** The digest of the manifest that it was found in. */
  readonly manifest: string;
  readonly oldestIndex: OldestIndex;
};

export interface VersionHistory {
  /** Every version there is. Costs a lookup for each, however many backups there are. */
  recordedVersions(): Promise<RecordedVersions>;

  /**
   * The next COMPLETED backups that are not deleted and match, the one recorded last first. `after`: the key of the last one of the page before.
   * QUERY_TOO_LONG.
   */
  backupsOfVersions(
    filter: VersionFilter,
    after: string | undefined,
    limit: number,
  ): Promise<readonly VersionedBackup[]>;

  /** How many of them there are, counted up to `max`. QUERY_TOO_LONG. */
  countBackupsOfVersions(filter: VersionFilter, max: number): Promise<number>;

  /**
   * The next parts whose snapshot exists, with a version, and whose oldest index was not recorded, by version, backup and number. `after`: the
   * last one of the page before; undefined: from the first.
   */
  unrecordedParts(after: UnrecordedPart | undefined, limit: number): Promise<readonly UnrecordedPart[]>;

  /** Records the oldest index of a part. False, with nothing written: it has one, or no longer that manifest. */
  recordOldestIndex(found: FoundOldestIndex): Promise<boolean>;
}
