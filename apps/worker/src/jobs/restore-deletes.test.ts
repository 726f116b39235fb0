import { fail } from '@tandem/shared/domain/failure.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, POSITIONS, QUIET_MS, RESTORE, setUp } from './restore.fixture.ts';

describe('a restore that deletes what is there', () => {
  const deleting = { ...inPlace, deleteExisting: true };

  it('deletes exactly what was planned, and restores', async () => {
    const { engine, begin, toTheEnd, restore, indices } = await setUp();
    engine.write(ALERTS, 9);
    engine.createIndex('optimize-later_v1', 1);
    engine.createIndex('foreign', 1);
    const { deletes } = await begin(deleting);
    expect(deletes.map(({ index }) => index)).toEqual([ALERTS, POSITIONS, 'optimize-later_v1'].sort());
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
    expect(await engine.describeIndices(['foreign'])).toHaveLength(1);
  });

  it('restores at once where the deletion was answered', async () => {
    const { begin, toTheEnd, restore, calledAt } = await setUp();
    await begin(deleting);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
    expect(calledAt('startRestore') - calledAt('deleteIndices')).toBeLessThan(QUIET_MS);
  });

  it.each(['before', 'after'] as const)(
    'restores only when a deletion whose answer was lost %s it took effect cannot come late any more',
    async (when) => {
      const { engine, begin, toTheEnd, restore, calledAt } = await setUp();
      await begin(deleting);
      engine.failNext('deleteIndices', fail('ENGINE_UNREACHABLE', 'away', { call: 'deleteIndices' }), when);
      await toTheEnd(RESTORE);
      expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
      expect(calledAt('startRestore') - calledAt('deleteIndices')).toBeGreaterThanOrEqual(QUIET_MS);
    },
  );

  it('that is stopped after a deletion without an answer ends only when that cannot come late any more', async () => {
    const { history, engine, begin, toTheEnd, restore, calledAt } = await setUp();
    await begin(deleting);
    engine.failNext('deleteIndices', fail('ENGINE_UNREACHABLE', 'away', { call: 'deleteIndices' }), 'after');
    await toTheEnd(RESTORE, () => {
      const wasSent = engine.calls.some(({ method }) => method === 'deleteIndices');
      if (wasSent) void history.stopRestore(RESTORE, { actor, reason: 'enough', requestId: undefined });
      return undefined;
    });
    const { state, endedAt } = await restore();
    expect(state).toBe('CANCELLED');
    expect((endedAt?.getTime() ?? 0) - calledAt('deleteIndices')).toBeGreaterThanOrEqual(QUIET_MS);
  });

  it('deletes nothing when Optimize answers by then', async () => {
    const { engine, begin, toTheEnd, restore, answersAt } = await setUp();
    await begin(deleting);
    await toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) answersAt('http://127.0.0.1:8090');
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_BLOCKED' } });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });

  it('deletes nothing when its safety backup never came', async () => {
    const { engine, begin, toTheEnd, restore } = await setUp();
    await begin(deleting, { safetyBackupId: 'before-restore' });
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_UNSAFE' } });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });

  it('leaves an index alone that was made again since the plan', async () => {
    const { engine, begin, toTheEnd, restore } = await setUp();
    await begin(deleting);
    await toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) engine.createIndex(ALERTS, 1);
      return undefined;
    });
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'PLAN_CHANGED' } });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });
});
