import { describe, expect, it } from 'vitest';
import { ReplyInvalid } from '../reply-fields.ts';
import { progressIn } from './progress.ts';

/** In the format of the snapshot-status API. */
const running = {
  state: 'STARTED',
  shards_stats: { initializing: 0, started: 3, finalizing: 0, done: 2, failed: 0, total: 5 },
  stats: {
    incremental: { file_count: 9, size_in_bytes: 900 },
    processed: { file_count: 3, size_in_bytes: 300 },
    total: { file_count: 20, size_in_bytes: 2_000 },
    start_time_in_millis: 1795358472328,
    time_in_millis: 200,
  },
};
const read = (changes: object, stats: object = {}) =>
  progressIn({ snapshots: [{ ...running, ...changes, stats: { ...running.stats, ...stats } }] });

describe('The progress of a snapshot', () => {
  it('is of shards, and of the bytes that have to be copied', () => {
    expect(read({})).toEqual({
      ...{ shards: 5, shardsDone: 2, bytes: 900, bytesDone: 300 },
      startedAt: new Date(1795358472328),
    });
  });

  it('has copied all once it is done, which the engine does not say', () => {
    expect(read({ state: 'SUCCESS' }, { processed: undefined }).bytesDone).toBe(900);
  });

  it.each(['INIT', 'STARTED', 'FAILED', 'PARTIAL', 'ABORTED'])(
    'has copied nothing in state %s where the engine names no bytes',
    (state) => expect(read({ state }, { processed: undefined }).bytesDone).toBe(0),
  );

  it.each([undefined, null, 0])('has no start where the engine gives %j', (start_time_in_millis) => {
    expect(read({}, { start_time_in_millis }).startedAt).toBeUndefined();
  });

  it.each([
    [{}, 'snapshots is not a list'],
    [{ snapshots: [] }, 'snapshots[0] is not an object'],
    [{ snapshots: [{ ...running, shards_stats: undefined }] }, 'shards_stats is not an object'],
    [{ snapshots: [{ ...running, shards_stats: { total: 5 } }] }, 'shards_stats.done is not a count'],
    [{ snapshots: [{ ...running, shards_stats: { done: 5 } }] }, 'shards_stats.total is not a count'],
    [{ snapshots: [{ ...running, stats: undefined }] }, 'stats is not an object'],
    [{ snapshots: [{ ...running, stats: {} }] }, 'stats.incremental is not an object'],
    [
      { snapshots: [{ ...running, stats: { ...running.stats, processed: { size_in_bytes: '300' } } }] },
      'stats.processed.size_in_bytes is not a count',
    ],
    [
      { snapshots: [{ ...running, stats: { ...running.stats, start_time_in_millis: 'now' } }] },
      'stats.start_time_in_millis is not a count',
    ],
  ])('is not known from %j: %s', (reply, message) => {
    expect(() => progressIn(reply)).toThrow(ReplyInvalid);
    expect(() => progressIn(reply)).toThrow(message);
  });
});
