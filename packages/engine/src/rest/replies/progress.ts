import type { SnapshotProgress } from '../../port.ts';
import { countAt, fieldsAt, listAt, optional } from '../reply-fields.ts';

/** The snapshot-status API. `incremental` is what has to be copied, `processed` what was; a finished one has only the first. */
export const progressIn = (reply: unknown): SnapshotProgress => {
  const [first] = listAt(fieldsAt(reply, 'the answer').snapshots, 'snapshots');
  const snapshot = fieldsAt(first, 'snapshots[0]');
  const shards = fieldsAt(snapshot.shards_stats, 'shards_stats');
  const stats = fieldsAt(snapshot.stats, 'stats');
  const bytes = bytesAt(stats.incremental, 'stats.incremental');
  const isDone = snapshot.state === 'SUCCESS';
  const startedAt = optional(countAt, stats.start_time_in_millis, 'stats.start_time_in_millis');
  return {
    shards: countAt(shards.total, 'shards_stats.total'),
    shardsDone: countAt(shards.done, 'shards_stats.done'),
    bytes,
    bytesDone: isDone ? bytes : (optional(bytesAt, stats.processed, 'stats.processed') ?? 0),
    startedAt: startedAt === undefined || startedAt === 0 ? undefined : new Date(startedAt),
  };
};

const bytesAt = (value: unknown, where: string): number =>
  countAt(fieldsAt(value, where).size_in_bytes, `${where}.size_in_bytes`);
