import type { IndexRecovery } from '@tandem/engine/index-port.ts';
import type { RestoreRecord } from '@tandem/history/ports/restores.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { NO_MEMORY, type RestoreMemory, type RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import { readRestoreProgress, restoreProgress } from './restore-progress.ts';

const NOW = new Date('2026-01-01T00:00:20.000Z');
const task = {
  parts: [
    { number: 1, snapshot: 's1', uuid: 'u1', indices: [{ index: 'a', as: 'x-a' }] },
    { number: 2, snapshot: 's2', uuid: 'u2', indices: [{ index: 'b', as: 'x-b' }] },
  ],
  bytes: 3_000,
} as unknown as RestoreTask;
const memory = (more: Partial<RestoreMemory>): RestoreMemory => ({ ...NO_MEMORY, ...more });
const recovery = (name: string, shardsDone: number, bytesDone: number): IndexRecovery => ({
  ...{ name, uuid: name, blocks: [], shards: 2, shardsDone, bytes: 1_000, bytesDone },
  source: undefined,
  failures: [],
});
const running = memory({ sentAt: '2026-01-01T00:00:10.000Z', parts: { 1: 'done', 2: 'accepted' } });

describe('progress of a restore', () => {
  it('counts parts, shards and bytes, and estimates the end of all of it', () => {
    const seen = [recovery('x-a', 2, 1_000), recovery('x-b', 1, 500)];
    expect(restoreProgress({ task, memory: running }, seen, NOW)).toEqual({
      ...{ partsDone: 1, parts: 2, shardsDone: 3, shards: 4, bytesDone: 1_500, bytes: 3_000 },
      bytesPerSecond: 150,
      estimatedEndAt: '2026-01-01T00:00:30.000Z',
      indices: [
        { index: 'x-b', shardsDone: 1, shards: 2, bytesDone: 500, bytes: 1_000 },
        { index: 'x-a', shardsDone: 2, shards: 2, bytesDone: 1_000, bytes: 1_000 },
      ],
      moreIndices: 0,
    });
  });

  it('counts a part that two calls restore once, when both are done', () => {
    const [first, second] = task.parts;
    const bare = { ...first, number: 2, withoutAliases: true } as RestoreTask['parts'][number];
    const twice = { ...task, parts: [bare, second] } as RestoreTask;
    const counts = (parts: RestoreMemory['parts']) => {
      const { partsDone, parts: all } = restoreProgress({ task: twice, memory: memory({ parts }) }, [], NOW);
      return [partsDone, all];
    };
    expect(counts({ 2: 'done' })).toEqual([0, 1]);
    expect(counts({ 2: 'done', '2 without aliases': 'done' })).toEqual([1, 1]);
  });

  it('has nothing to estimate from before a byte came', () => {
    const began = memory({ sentAt: NOW.toISOString(), parts: { 1: 'sending' } });
    expect(restoreProgress({ task, memory: began }, [], NOW)).toMatchObject({
      ...{ partsDone: 0, bytes: 3_000, bytesPerSecond: null, estimatedEndAt: null, indices: [] },
    });
  });

  it('shows 1,000 indices at the most, and says that there are more', () => {
    const seen = Array.from({ length: 1_001 }, (_, at) => recovery(`x-${at}`, at === 1_000 ? 1 : 2, 1));
    const { indices, moreIndices, shards } = restoreProgress({ task, memory: running }, seen, NOW);
    expect([indices.length, moreIndices, shards]).toEqual([1_000, 1, 2_002]);
    expect(indices[0]?.index).toBe('x-1000');
  });
});

describe('asking for it', () => {
  const record = (kept: RestoreMemory, more: Partial<RestoreRecord> = {}) =>
    ({ detail: { task, memory: kept }, endedAt: undefined, ...more }) as RestoreRecord;
  const asked: (readonly string[])[] = [];
  const engine = {
    indexRecoveries: async (names: readonly string[]) => {
      asked.push(names);
      return names.map((name) => recovery(name, 0, 0));
    },
  };
  const away = { indexRecoveries: () => Promise.reject(fail('ENGINE_UNREACHABLE', 'It is away.')) };

  it('asks for the parts that were sent, and for nothing before one was', async () => {
    expect(await readRestoreProgress(engine, record(memory({})), NOW)).toMatchObject({ partsDone: 0, shards: 0 });
    await readRestoreProgress(engine, record(memory({ parts: { 1: 'sending' } })), NOW);
    expect(asked).toEqual([['x-a']]);
  });

  it('tells none of what has ended, takes back, or cannot be asked', async () => {
    const ending = memory({ ending: { state: 'FAILED', at: 'parts', reason: undefined } });
    expect(await readRestoreProgress(engine, record(running, { endedAt: NOW }), NOW)).toBeUndefined();
    expect(await readRestoreProgress(engine, record(ending), NOW)).toBeUndefined();
    expect(await readRestoreProgress(away, record(running), NOW)).toBeUndefined();
  });
});
