import type {
  FoundOldestIndex,
  UnrecordedPart,
  VersionedBackup,
  VersionFilter,
  VersionHistory,
} from '../ports/versions.ts';
import { methods } from './methods.ts';
import type { BackupRow, Tables } from './tables.ts';

const ascending = (values: readonly (number | undefined)[]): readonly number[] =>
  [...new Set(values)].filter((value) => value !== undefined).sort((one, other) => one - other);

const existing = ({ parts }: BackupRow) => parts.filter(({ state }) => state === 'SUCCESS');

const recordedVersions = ({ backups }: Tables) => {
  const parts = backups.flatMap(existing);
  return {
    snapshots: ascending(parts.map(({ versionId }) => versionId)),
    oldestIndices: ascending(parts.map(({ oldestIndex }) => oldestIndex?.createdVersion)),
  };
};

const matches =
  ({ snapshots, oldestIndices, unrecorded = [] }: VersionFilter) =>
  (row: BackupRow): boolean =>
    row.state === 'COMPLETED' &&
    row.deletedAt === undefined &&
    existing(row).some(
      ({ versionId, oldestIndex }) =>
        (versionId !== undefined && snapshots.includes(versionId)) ||
        (oldestIndex !== undefined && oldestIndices.includes(oldestIndex.createdVersion)) ||
        (versionId !== undefined && oldestIndex === undefined && unrecorded.includes(versionId)),
    );

const asVersioned = (row: BackupRow): VersionedBackup => {
  const { key, backupId, optimizeVersion, requestedAt, location, safetyOf, parts } = row;
  return {
    ...{ key, backupId, optimizeVersion, requestedAt, location, safetyOf },
    parts: parts.map(({ number, snapshotName, state, engineVersion, versionId, oldestIndex }) => ({
      ...{ number, snapshotName, state, engineVersion, versionId, oldestIndex },
    })),
  };
};

const byKey = (one: BackupRow, other: BackupRow): number => (BigInt(one.key) < BigInt(other.key) ? 1 : -1);

const backupsOfVersions = (
  { backups }: Tables,
  filter: VersionFilter,
  after: string | undefined,
  limit: number,
): readonly VersionedBackup[] =>
  backups
    .filter(matches(filter))
    .filter(({ key }) => after === undefined || BigInt(key) < BigInt(after))
    .sort(byKey)
    .slice(0, limit)
    .map(asVersioned);

const countBackupsOfVersions = ({ backups }: Tables, filter: VersionFilter, max: number): number =>
  Math.min(max, backups.filter(matches(filter)).length);

const compared = (one: UnrecordedPart, other: UnrecordedPart): number =>
  one.versionId - other.versionId ||
  Number(BigInt(one.backupKey) - BigInt(other.backupKey)) ||
  one.number - other.number;

const unrecordedParts = (
  { backups }: Tables,
  after: UnrecordedPart | undefined,
  limit: number,
): readonly UnrecordedPart[] =>
  backups
    .flatMap((row) => existing(row).map((part) => ({ ...part, backupKey: row.key })))
    .flatMap(({ backupKey, number, versionId, oldestIndex, manifest }) =>
      versionId === undefined || oldestIndex !== undefined
        ? []
        : [{ backupKey, number, versionId, manifest: manifest?.before }],
    )
    .filter((part) => after === undefined || compared(part, after) > 0)
    .sort(compared)
    .slice(0, limit);

const recordOldestIndex = (
  { backups }: Tables,
  { backupKey, number, manifest, oldestIndex }: FoundOldestIndex,
): boolean => {
  const row = backups.find(({ key }) => key === backupKey);
  const isIt = (part: BackupRow['parts'][number]): boolean =>
    part.number === number && part.oldestIndex === undefined && part.manifest?.before === manifest;
  if (row === undefined || !row.parts.some(isIt)) return false;
  row.parts = row.parts.map((part) => (isIt(part) ? { ...part, oldestIndex } : part));
  return true;
};

export const versions = (tables: Tables): VersionHistory =>
  methods(tables, {
    ...{ recordedVersions, backupsOfVersions, countBackupsOfVersions },
    ...{ unrecordedParts, recordOldestIndex },
  });
