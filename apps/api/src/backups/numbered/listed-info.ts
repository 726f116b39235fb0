import type { NumberedBackup } from '@tandem/history/ports/backups.ts';
import type { BackupInfo } from '@tandem/shared/contract/optimize-backups.ts';
import type { BackupState } from '@tandem/shared/domain/backup/backup.ts';
import { isWhereItLives } from '@tandem/shared/domain/backup/location.ts';
import type { ListedSnapshot, Snapshot } from '@tandem/shared/domain/backup/snapshot.ts';
import { listedAsSeen } from '@tandem/shared/domain/backup/state/listed-as-seen.ts';
import { recordedState, stateWithoutEngine } from '@tandem/shared/domain/backup/state/recorded-state.ts';
import { isSuddenlyGone } from '@tandem/shared/domain/reconciliation/drift.ts';
import { backupInfo, recordedSnapshot, type ShownSnapshot } from './backup-info.ts';
import type { RepositoryNow } from './repository-now.ts';

type Part = NumberedBackup['parts'][number];

/** The names of snapshots of which neither the record nor the catalogue says enough: those that run, or differ from their records. */
export const partsToRead = ({ location, parts }: NumberedBackup, now: RepositoryNow): readonly string[] => {
  if (!isWhereItLives(location, now.location)) return [];
  return parts.flatMap((part) => {
    const listed = now.snapshots.get(part.snapshotName);
    return listed === undefined || isAsRecorded(part, listed) ? [] : [listed.name];
  });
};

const isAsRecorded = (part: Part, { uuid, state }: ListedSnapshot): boolean =>
  uuid === part.uuid && state === part.state && part.startedAt !== undefined;

/** A backup from its record and the catalogue of its repository. `read`: the snapshots of `partsToRead`, as far as they could be read. */
export const listedInfo = (
  backup: NumberedBackup,
  now: RepositoryNow,
  read: ReadonlyMap<string, Snapshot>,
): BackupInfo => {
  const isHere = isWhereItLives(backup.location, now.location);
  const snapshots = backup.parts.flatMap(
    (part) => (isHere ? listedSnapshot(part, now, read) : recordedSnapshot(part)) ?? [],
  );
  return backupInfo(backup, isHere ? stateNow(backup, now, read) : lastKnown(backup), snapshots);
};

/** What cannot be read keeps its last known state. */
const lastKnown = (backup: NumberedBackup): BackupState => stateWithoutEngine(backup) ?? backup.state;

const stateNow = (backup: NumberedBackup, now: RepositoryNow, read: ReadonlyMap<string, Snapshot>): BackupState => {
  const known = stateWithoutEngine(backup);
  if (known !== undefined) return known;
  const listed = backup.parts.flatMap(({ snapshotName }) => now.snapshots.get(snapshotName) ?? []);
  if (isSuddenlyGone(backup.parts, listed)) return backup.state;
  const seen = backup.parts.flatMap((part) => {
    const snapshot = read.get(part.snapshotName);
    return snapshot === undefined ? listedAsSeen(part, now.snapshots.get(part.snapshotName)) : [snapshot];
  });
  return recordedState(backup, seen, now.engine);
};

const listedSnapshot = (
  part: Part,
  now: RepositoryNow,
  read: ReadonlyMap<string, Snapshot>,
): ShownSnapshot | undefined => {
  const listed = now.snapshots.get(part.snapshotName);
  if (listed === undefined) return undefined;
  const recorded = recordedSnapshot(part);
  const snapshot = read.get(listed.name) ?? (listed.uuid === part.uuid ? recorded : undefined);
  const state = listed.state ?? snapshot?.state;
  if (state === undefined) return undefined;
  const nothing = {
    startedAt: undefined,
    failures: [],
    shards: { total: 0, successful: 0, failed: 0 },
    reason: undefined,
  };
  return { ...nothing, ...snapshot, name: listed.name, state };
};
