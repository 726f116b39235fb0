import type { IndexEngine, IndexRecovery } from '@tandem/engine/index-port.ts';
import type { RestoreRecord } from '@tandem/history/ports/restores.ts';
import type { RestoreProgress } from '@tandem/shared/contract/restores.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { partKey, type RestoreDetail, readRestoreDetail } from '@tandem/shared/domain/restore/run/restore-memory.ts';

/** Max rows per response. */
const MAX_INDICES = 1_000;

/** Undefined: it has ended, is rolling back, or the engine does not respond. */
export const readRestoreProgress = async (
  engine: Pick<IndexEngine, 'indexRecoveries'>,
  { endedAt, detail: kept }: RestoreRecord,
  now: Date,
): Promise<RestoreProgress | undefined> => {
  const detail = readRestoreDetail(kept);
  if (endedAt !== undefined || detail.memory.ending !== undefined) return undefined;
  const names = sentNames(detail);
  try {
    return restoreProgress(detail, names.length === 0 ? [] : await engine.indexRecoveries(names), now);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
};

const sentNames = ({ task, memory }: RestoreDetail): readonly string[] =>
  task.parts
    .filter((part) => memory.parts[partKey(part)] !== undefined)
    .flatMap(({ indices }) => indices.map(({ as }) => as));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Pure. The rate is measured from when the first part was started. */
export const restoreProgress = (
  { task, memory }: Pick<RestoreDetail, 'task' | 'memory'>,
  seen: readonly IndexRecovery[],
  now: Date,
): RestoreProgress => {
  const bytesDone = sum(seen.map((index) => index.bytesDone));
  const bytes = Math.max(task.bytes ?? 0, sum(seen.map((index) => index.bytes)));
  const bytesPerSecond = rateOf(memory.sentAt, bytesDone, now);
  const leftMs = bytesPerSecond === null ? undefined : ((bytes - bytesDone) / bytesPerSecond) * 1_000;
  const unfinishedFirst = [...seen].sort((one, other) => Number(isDone(one)) - Number(isDone(other)));
  return {
    ...partCounts({ task, memory }),
    shardsDone: sum(seen.map((index) => index.shardsDone)),
    shards: sum(seen.map((index) => index.shards)),
    bytesDone,
    bytes,
    bytesPerSecond,
    estimatedEndAt: leftMs === undefined ? null : new Date(now.getTime() + leftMs).toISOString(),
    indices: unfinishedFirst.slice(0, MAX_INDICES).map(rowOf),
    moreIndices: Math.max(0, seen.length - MAX_INDICES),
  };
};

/** A part may be restored by two calls (restore-parts.ts). */
const partCounts = ({ task, memory }: Pick<RestoreDetail, 'task' | 'memory'>) => {
  const open = task.parts.filter((part) => memory.parts[partKey(part)] !== 'done');
  const parts = new Set(task.parts.map(({ number }) => number)).size;
  return { partsDone: parts - new Set(open.map(({ number }) => number)).size, parts };
};

const isDone = ({ shards, shardsDone }: IndexRecovery): boolean => shardsDone >= shards;

const rowOf = ({ name, shardsDone, shards, bytesDone, bytes }: IndexRecovery): RestoreProgress['indices'][number] => ({
  index: name,
  shardsDone,
  shards,
  bytesDone,
  bytes,
});

/** Null: not started yet, or less than a byte per second. */
const rateOf = (since: string | undefined, bytesDone: number, now: Date): number | null => {
  const seconds = since === undefined ? 0 : (now.getTime() - new Date(since).getTime()) / 1_000;
  const rate = seconds > 0 ? Math.round(bytesDone / seconds) : 0;
  return rate === 0 ? null : rate;
};
