import { digestOf } from '@tandem/planning/digest.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { planRestore } from '@tandem/shared/domain/restore/plan/restore-plan.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, rehearsal, setUp } from './restore.fixture.ts';

describe('a restore in place', () => {
  it('brings every index back with its documents and aliases, and proves it', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    const before = await engine.describeIndices([POSITIONS, ALERTS]);
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    const { state, report } = await restore();
    expect({ state, ...report }).toMatchObject({ state: 'SUCCEEDED', indices: 2, documents: 8, differing: 0 });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
    const after = await engine.describeIndices([POSITIONS, ALERTS]);
    expect(after.map(({ uuid: _, ...facts }) => facts)).toEqual(before.map(({ uuid: _, ...facts }) => facts));
  });

  it('names every blocker at once, and every index that is in the way', async () => {
    const { engine, plan, answersAt } = await setUp();
    answersAt('http://127.0.0.1:8090');
    engine.createIndex('optimize-event_v4', 1, { hidden: true });
    engine.createIndex('optimize-dashboard_v6', 1, { closed: true });
    engine.createIndex('optimize-new_v1', 1, { hidden: true });
    const { blockers } = await plan({ ...inPlace, acceptVersion: '1.0.0' });
    expect(blockers.map(({ code }) => code)).toEqual(['INDICES_PRESENT', 'UNKNOWN_INDICES', 'OPTIMIZE_RUNNING']);
    expect(blockers[0]?.found).toEqual([ALERTS, 'optimize-dashboard_v6 (closed)', 'optimize-event_v4', POSITIONS]);
    expect(blockers[1]?.found).toEqual(['optimize-new_v1']);
  });

  it.each([
    ['before hashes had versions', 1, undefined],
    ['by the version before', 2, 2],
  ] as const)('that was accepted %s runs under the hash of version %i', async (_, version, hashVersion) => {
    const { forget, begin, backup, gather, toTheEnd, restore } = await setUp();
    forget();
    const { planHash } = planRestore(inPlace, await gather(await backup(), inPlace), digestOf, version);
    await begin(inPlace, { planHash, hashVersion });
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('ends with PLAN_CHANGED when the world moved before it began, and touches nothing', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    forget();
    await begin(inPlace);
    engine.createIndex('optimize-stranger_v1', 1);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'PLAN_CHANGED' } });
    expect(await indices('optimize')).toEqual(['optimize-stranger_v1']);
    expect(engine.calls.filter(({ method }) => method === 'startRestore')).toEqual([]);
  });

  it('is not SUCCEEDED when documents differ from the manifest', async () => {
    const { engine, forget, begin, toTheEnd, restore, indices } = await setUp();
    engine.alterSnapshot(REPOSITORY, PART_2, ALERTS, 4);
    forget();
    await begin(inPlace);
    await toTheEnd(RESTORE);
    const { state, failure, report } = await restore();
    expect({ state, code: failure?.code, report }).toMatchObject({ state: 'FAILED', code: 'RESTORE_DIFFERS' });
    expect(report?.differences).toEqual([{ index: ALERTS, what: 'documents', expected: '5', found: '4' }]);
    expect(await indices('optimize')).toEqual([]);
  });

  it('can be retried after it FAILED, and begins anew', async () => {
    const { history, engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    engine.failNext('startRestore', fail('RESTORE_REFUSED', 'no', { call: 'startRestore' }));
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_REFUSED' } });
    const retried = await history.retryOperation(RESTORE, { actor, reason: 'again', requestId: undefined });
    expect(retried.done).toBe(true);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
  });
});

describe('a rehearsal', () => {
  it('restores a copy beside the real indices, compares it, takes it back, and is the proof of the backup', async () => {
    const { begin, toTheEnd, restore, indices, backup } = await setUp();
    await begin(rehearsal);
    let copies: readonly string[] = [];
    await toTheEnd(RESTORE, () => {
      void indices('tandem-rehearsal-1').then((names) => {
        if (names.length > copies.length) copies = names;
      });
      return undefined;
    });
    expect(copies).toEqual([`tandem-rehearsal-1-${ALERTS}`, `tandem-rehearsal-1-${POSITIONS}`]);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
    expect(await indices('tandem-rehearsal-1')).toEqual([]);
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
    const { proof, failedRehearsal } = await backup();
    expect(proof).toMatchObject({ operationId: RESTORE, whole: true, indices: 2, documents: 8 });
    expect(failedRehearsal).toBeUndefined();
  });

  it('that finds a rotted snapshot makes the backup doubtful, and takes its copy back', async () => {
    const { engine, begin, toTheEnd, restore, indices, backup } = await setUp();
    engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    await begin(rehearsal);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'RESTORE_SHARDS_FAILED' } });
    expect(await indices('tandem-rehearsal-1')).toEqual([]);
    expect((await backup()).failedRehearsal).toMatchObject({
      operationId: RESTORE,
      reason: { code: 'RESTORE_SHARDS_FAILED' },
    });
  });
});
