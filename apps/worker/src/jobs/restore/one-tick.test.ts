import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { ClaimedOperation } from '@tandem/shared/domain/operation/claimed-operation.ts';
import type { RestoreMemory, RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { describe, expect, it } from 'vitest';
import type { NowSince } from '../job.ts';
import type { RestoreJob } from './context.ts';
import { restoreJob } from './restore.ts';

const REPOSITORY = 'backups';
const STARTED = '2026-01-01T00:00:00.000Z';
const NOW = new Date('2026-01-01T00:00:10Z');
const QUIET_MS = 1_000;
const actor = { kind: 'system', name: 'worker' } as const;
const ending = {
  state: 'CANCELLED',
  at: 'parts',
  reason: { code: 'RESTORE_STOPPED', message: 'No.', data: {} },
} as const;

/** A restore of one index, which the engine is restoring. */
const setUp = async (nowSince: NowSince = async (_, now) => now) => {
  const engine = inMemoryEngine();
  engine.createRepository(REPOSITORY);
  engine.createIndex('a', 3);
  const { uuid } = engine.putSnapshot(REPOSITORY, { name: 's', indices: ['a'] });
  engine.deleteIndex('a');
  await engine.startRestore({ repository: REPOSITORY, snapshot: 's', indices: ['a'], rename: undefined, as: 'saved' });
  const [seen] = await engine.indexRecoveries(['a']);
  const restored = { a: seen?.uuid };
  const jobs = {
    ...{ engine, actor, nowSince, quietMs: QUIET_MS, expiryMs: 300_000, polling: { minMs: 100, maxMs: 2_000 } },
    optimizeAnswersAt: async () => undefined,
    history: { readContents: async () => [] },
  } as unknown as RestoreJob;
  const tick = async (memory: Partial<RestoreMemory>, known: object = restored, task: Partial<RestoreTask> = {}) => {
    const operation = {
      ...{ operationId: 'o', requestId: undefined, trigger: 'request', now: NOW, requestedAt: NOW },
      backup: { location: { repository: REPOSITORY }, parts: [] },
      detail: {
        task: {
          ...{ inPlace: true, copy: false, rollback: true, clusterUuid: 'in-memory-cluster', deletes: [] },
          parts: [{ number: 1, snapshot: 's', uuid, indices: [{ index: 'a', as: 'a' }] }],
          ...task,
        },
        memory: { checked: true, startedAt: STARTED, parts: { 1: 'accepted' }, ...memory },
        restored: known,
      },
    } as unknown as ClaimedOperation;
    return restoreJob(jobs)(operation, { record: async () => undefined, assertHeld: () => undefined });
  };
  return { engine, restored, tick };
};

describe('an engine whose address leads to another cluster', () => {
  const waits = (inMs: number) => ({ outcome: { do: 'wait', inMs } });

  it('is polled as long as a poll draws no conclusion but that it goes on', async () => {
    const { engine, restored, tick } = await setUp();
    engine.leadTo('another-cluster');
    const progressAt = NOW.toISOString();
    expect(await tick({}, {})).toMatchObject({ ...waits(0), detail: { restored, progressAt } });
    expect(await tick({})).toEqual({ ...waits(500), tries: 'progress', detail: { progressAt } });
    engine.finishAll();
    expect(await tick({})).toMatchObject({ ...waits(0), detail: { memory: { parts: { 1: 'done' } } } });
  });

  it.each<readonly [string, Partial<RestoreMemory>]>([
    ['the preflight', { checked: false, parts: {} }],
    ['a part that is to be sent', { parts: {} }],
    ['the templates', { parts: { 1: 'done' } }],
    ['a rollback', { ending }],
  ])('gets no other step: %s', async (_, memory) => {
    const { engine, tick } = await setUp();
    engine.finishAll();
    engine.leadTo('another-cluster');
    await expect(tick(memory)).rejects.toMatchObject({ code: 'CLUSTER_CHANGED' });
  });

  it('is not believed where it misses what is being restored', async () => {
    const { engine, tick } = await setUp();
    engine.deleteIndex('a');
    expect(await tick({})).toMatchObject({ ...waits(2_000), detail: { memory: { missed: true } } });
    engine.leadTo('another-cluster');
    await expect(tick({})).rejects.toMatchObject({ code: 'CLUSTER_CHANGED' });
  });
});

describe('the quiet period', () => {
  it.each([
    ['goes on by the steady clock', 400, { do: 'wait', inMs: 600 }],
    ['is over once that clock says so', QUIET_MS, { do: 'end', state: 'CANCELLED' }],
  ])('%s, whatever the clock of PostgreSQL jumped to', async (_, elapsedMs, outcome) => {
    const asked: (readonly Date[])[] = [];
    const { engine, tick } = await setUp(async (since, now) => {
      asked.push([since, now]);
      return new Date(since.getTime() + elapsedMs);
    });
    engine.deleteIndex('a');
    expect(await tick({ ending, absentSince: STARTED })).toMatchObject({ outcome });
    expect(asked).toEqual([[new Date(STARTED), NOW]]);
  });

  it('begins with a tick of its own, which asks no clock', async () => {
    const { engine, tick } = await setUp(async () => Promise.reject(new Error('was asked')));
    engine.deleteIndex('a');
    expect(await tick({ ending })).toMatchObject({
      outcome: { do: 'wait', inMs: QUIET_MS },
      detail: { memory: { absentSince: NOW.toISOString() } },
    });
  });
});
