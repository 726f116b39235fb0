import type { BackupRecord } from '@tandem/shared/domain/backup/backup.ts';
import { describe, expect, it } from 'vitest';
import { progressOf } from './backup-progress.ts';

const record = { parts: [{ state: 'SUCCESS' }, { state: 'IN_PROGRESS' }] } as unknown as BackupRecord;
const done = { shards: 2, shardsDone: 2, bytes: 100, bytesDone: 100, startedAt: new Date(0) };
const now = new Date(20_000);

describe('the progress of a backup', () => {
  it('adds up its parts, with rate and end from the one that runs', () => {
    const running = { shards: 10, shardsDone: 4, bytes: 1_000, bytesDone: 500, startedAt: new Date(10_000) };
    expect(progressOf(record, [done, running], now)).toEqual({
      partsDone: 1,
      parts: 2,
      shardsDone: 6,
      shards: 12,
      bytesDone: 600,
      bytes: 1_100,
      bytesPerSecond: 50,
      estimatedEndAt: new Date(30_000).toISOString(),
    });
  });

  it.each([
    ['nothing was copied yet', { bytesDone: 0 }],
    ['nobody knows when it began', { startedAt: undefined }],
    ["the engine's clock is ahead", { startedAt: new Date(60_000) }],
  ])('estimates nothing where %s', (_, more) => {
    const running = { shards: 10, shardsDone: 4, bytes: 1_000, bytesDone: 500, startedAt: new Date(10_000), ...more };
    expect(progressOf(record, [running], now)).toMatchObject({ bytesPerSecond: null, estimatedEndAt: null });
  });
});
