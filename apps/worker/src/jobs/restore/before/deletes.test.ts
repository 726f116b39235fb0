import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, POSITIONS, QUIET_MS, RESTORE, setUp } from '../restore.fixture.ts';

describe('a restore that deletes what is there', () => {
  const deleting = { ...inPlace, deleteExisting: true };

  it('deletes exactly what was planned, and restores', async () => {
    const { engine, begin, toTheEnd, restore, indices } = await setUp();
    engine.write(ALERTS, 9);
    engine.createIndex('optimize-dashboard_v6', 1);
    engine.createIndex('foreign', 1);
    const { deletes } = await begin(deleting);
    expect(deletes.map(({ index }) => index)).toEqual([ALERTS, 'optimize-dashboard_v6', POSITIONS]);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
    expect(await engine.describeIndices(['foreign'])).toHaveLength(1);
  });

  it('deletes known indices and what the operator names, and nothing else', async () => {
    const { engine, begin, plan, toTheEnd, restore, indices } = await setUp();
    const theirs = ['optimize-staging-alert_v4', 'optimize-staging-metadata_v3', 'optimize-zeebe-record_x'];
    for (const name of [...theirs, 'optimize-new_v1', 'optimize-newer_v1']) engine.createIndex(name, 1);
    expect((await plan(deleting)).blockers).toMatchObject([
      {
        code: 'UNKNOWN_INDICES',
        found: ['optimize-new_v1', 'optimize-newer_v1'],
        remedy: expect.stringContaining('"deleteUnknown": ["optimize-new_v1","optimize-newer_v1"]'),
      },
    ]);
    const { deletes } = await begin({
      ...deleting,
      deleteUnknown: ['optimize-new_v1'],
      keepUnknown: ['optimize-newer_v1'],
    });
    expect(deletes.map(({ index }) => index)).toEqual([ALERTS, POSITIONS, 'optimize-new_v1'].sort());
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS, 'optimize-newer_v1', ...theirs].sort());
  });

  it('leaves alone what is kept, and reports what it did not restore', async () => {
    const { engine, begin, toTheEnd, restore } = await setUp();
    const ambiguous = 'optimize-event-process-definition_v5';
    for (const name of ['optimize-event-metadata_v3', ambiguous]) engine.createIndex(name, 7);
    const notRestored = [{ index: ambiguous, why: 'kept' as const }];
    const { deletes } = await begin({ ...deleting, keepUnknown: [ambiguous] }, { notRestored });
    expect(deletes.map(({ index }) => index)).toEqual([ALERTS, POSITIONS]);
    const [before] = await engine.describeIndices([ambiguous]);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED', report: { notRestored } });
    expect((await engine.describeIndices([ambiguous]))[0]?.uuid).toBe(before?.uuid);
  });

  it('deletes nothing where another installation turned up since the preflight that could own what is deleted', async () => {
    const { engine, begin, toTheEnd, restore, indices } = await setUp();
    engine.createIndex('optimize-instant-dashboard_v1', 1);
    await begin(deleting);
    await toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) engine.createIndex('optimize-instant-metadata_v3', 1);
      return undefined;
    });
    expect(await restore()).toMatchObject({
      ...{ state: 'FAILED', failure: { code: 'PLAN_CHANGED', data: { indices: ['optimize-instant-dashboard_v1'] } } },
    });
    expect(await indices('optimize')).toEqual([
      ...[ALERTS, POSITIONS, 'optimize-instant-dashboard_v1', 'optimize-instant-metadata_v3'].sort(),
    ]);
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
