import type { BackupInfo, SnapshotInfo } from '@tandem/shared/contract/optimize-backups.ts';
import type { BackupState, PartRecord } from '@tandem/shared/domain/backup/backup.ts';
import { SNAPSHOT_STATES, type Snapshot, type SnapshotState } from '@tandem/shared/domain/backup/snapshot.ts';
import { failureReason } from '@tandem/shared/domain/backup/state/failure-reason.ts';
import { shardWords } from '@tandem/shared/domain/backup/state/incomplete-sentence.ts';
import type { Reason } from '@tandem/shared/domain/failure/reason.ts';

/** What of a snapshot Optimize shows. */
export type ShownSnapshot = Pick<Snapshot, 'name' | 'state' | 'startedAt' | 'shards' | 'failures' | 'reason'>;

/** As Optimize 3.10 and later reports a backup. `snapshots`: those of its parts that the engine has, part 1 first. */
export const backupInfo = (
  { backupId, failure }: { readonly backupId: string; readonly failure?: Reason | undefined },
  state: BackupState,
  snapshots: readonly ShownSnapshot[],
): BackupInfo => ({
  backupId: Number(backupId),
  failureReason: failureReason(state, failure, snapshots) ?? null,
  state,
  details: snapshots.map(snapshotInfo),
});

const snapshotInfo = ({ name, state, startedAt, failures }: ShownSnapshot): SnapshotInfo => ({
  snapshotName: name,
  state,
  startTime: startedAt?.toISOString().replace('Z', '+0000') ?? null,
  failures: failures.map(shardWords),
});

type RecordedPart = Pick<PartRecord, 'snapshotName' | 'state' | 'startedAt' | 'shards' | 'failures'>;

/** A part as the engine was last seen to hold it. Undefined: it did not, as far as was seen. */
export const recordedSnapshot = (part: RecordedPart): ShownSnapshot | undefined => {
  const { snapshotName: name, state, startedAt, failures, shards } = part;
  if (!isSnapshotState(state)) return undefined;
  const none = { total: 0, successful: 0, failed: 0 };
  return { name, state, startedAt, failures, shards: shards ?? none, reason: undefined };
};

const isSnapshotState = (state: string): state is SnapshotState =>
  (SNAPSHOT_STATES as readonly string[]).includes(state);
