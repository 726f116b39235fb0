import type { SearchEngine, SnapshotProgress } from '@tandem/engine/port.ts';
import type { Progress } from '@tandem/shared/contract/backups.ts';
import { type BackupRecord, takenParts } from '@tandem/shared/domain/backup/backup.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';

/** Reads the progress of the parts that may exist from the engine. Ignores missing parts; otherwise rejects as `SearchEngine.snapshotProgress`. */
export const readBackupProgress = async (engine: SearchEngine, record: BackupRecord, now: Date): Promise<Progress> => {
  const begun = takenParts(record.parts).filter(({ state }) => state !== 'PLANNED');
  const reads = begun.map(({ snapshotName }) =>
    unlessMissing(engine.snapshotProgress(record.location.repository, snapshotName)),
  );
  const seen = (await Promise.all(reads)).filter((progress) => progress !== undefined);
  return progressOf(record, seen, now);
};

const unlessMissing = async (read: Promise<SnapshotProgress>): Promise<SnapshotProgress | undefined> => {
  try {
    return await read;
  } catch (error) {
    if (isFailure(error, 'SNAPSHOT_NOT_FOUND')) return undefined;
    throw error;
  }
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Rate and estimate are those of the running part, measured since it started. A part that has not started has no bytes yet. */
export const progressOf = (record: BackupRecord, seen: readonly SnapshotProgress[], now: Date): Progress => {
  const running = seen.find(({ shards, shardsDone }) => shardsDone < shards);
  const bytesPerSecond = running === undefined ? null : rateOf(running, now);
  const bytesLeft = running === undefined ? 0 : running.bytes - running.bytesDone;
  return {
    partsDone: record.parts.filter(({ state }) => state === 'SUCCESS').length,
    parts: takenParts(record.parts).length,
    shardsDone: sum(seen.map(({ shardsDone }) => shardsDone)),
    shards: sum(seen.map(({ shards }) => shards)),
    bytesDone: sum(seen.map(({ bytesDone }) => bytesDone)),
    bytes: sum(seen.map(({ bytes }) => bytes)),
    bytesPerSecond,
    estimatedEndAt:
      bytesPerSecond === null || bytesPerSecond === 0
        ? null
        : new Date(now.getTime() + (bytesLeft / bytesPerSecond) * 1_000).toISOString(),
  };
};

const rateOf = ({ startedAt, bytesDone }: SnapshotProgress, now: Date): number | null => {
  if (startedAt === undefined || bytesDone === 0) return null;
  const seconds = (now.getTime() - startedAt.getTime()) / 1_000;
  return seconds <= 0 ? null : Math.round(bytesDone / seconds);
};
