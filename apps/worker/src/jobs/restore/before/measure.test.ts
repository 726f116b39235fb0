import { safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import { describe, expect, it } from 'vitest';
import type { RestoreTick } from '../context.ts';
import { ALERTS, inPlace, POSITIONS, REPOSITORY, RESTORE, setUp } from '../restore.fixture.ts';
import { writtenSince } from './measure.ts';

const deleting = { ...inPlace, deleteExisting: true };
const SAFETY = safetyBackupIdOf(RESTORE);
const PART_2_OF_SAFETY = `camunda_optimize_${SAFETY}_3.9.0_part_2_of_2`;

/** A restore that deletes; `runWith` changes something once its safety backup is complete. */
const saved = async (more: { readonly acceptUnsaved?: readonly string[] } = {}) => {
  const world = await setUp();
  await world.begin({ ...deleting, ...more }, { safetyBackupId: SAFETY, safetyRepository: REPOSITORY });
  const deletions = () => world.engine.calls.filter(({ method }) => method === 'deleteIndices').length;
  const isTaken = () =>
    world.engine.snapshots(REPOSITORY).some(({ name, state }) => name === PART_2_OF_SAFETY && state === 'SUCCESS');
  let done = false;
  const runWith = (change: () => void) =>
    world.toTheEnd(RESTORE, () => {
      if (done || !isTaken()) return undefined;
      done = true;
      change();
      return undefined;
    });
  return { ...world, deletions, runWith };
};

describe('before a restore deletes', () => {
  it('an index that was written to between plan and preflight, the plan has changed', async () => {
    const { engine, begin, toTheEnd, restore, indices } = await setUp();
    await begin(deleting);
    engine.write(ALERTS, 1);
    await toTheEnd(RESTORE);
    expect(await restore()).toMatchObject({ state: 'FAILED', failure: { code: 'PLAN_CHANGED' } });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
  });

  it('an index that was written to since it was saved, it stops and deletes nothing', async () => {
    const { engine, restore, deletions, runWith } = await saved();
    await runWith(() => engine.write(ALERTS, 1));
    const { state, failure } = await restore();
    expect({ state, code: failure?.code }).toEqual({ state: 'FAILED', code: 'INDICES_WRITTEN' });
    expect(failure?.message).toMatch(
      /since the safety backup saved them: optimize-alert_v4 \(5 operations, now 6\)\. Stop/,
    );
    expect(deletions()).toBe(0);
    expect(await engine.measureIndices([ALERTS], 'operations-last')).toMatchObject([{ documents: 6 }]);
  });

  it('indices that were not written to since they were saved, it goes on', async () => {
    const { restore, deletions, runWith } = await saved();
    await runWith(() => undefined);
    expect(await restore()).toMatchObject({ state: 'SUCCEEDED' });
    expect(deletions()).toBe(1);
  });

  it('an index that cannot be measured any more, it stops unless its loss is accepted', async () => {
    for (const [acceptUnsaved, state] of [
      [[], 'FAILED'],
      [[ALERTS], 'SUCCEEDED'],
    ] as const) {
      const { engine, restore, deletions, runWith } = await saved({ acceptUnsaved });
      await runWith(() => engine.setIndexOpen(ALERTS, false));
      expect(await restore()).toMatchObject({ state });
      expect(deletions()).toBe(state === 'FAILED' ? 0 : 1);
    }
  });

  it('an index that was written to since the plan and is saved nowhere, it stops', async () => {
    const { engine, begin, toTheEnd, restore } = await setUp();
    await begin(deleting);
    await toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) engine.write(POSITIONS, 1);
      return undefined;
    });
    const failure = { code: 'INDICES_WRITTEN', message: expect.stringContaining('since the plan') };
    expect(await restore()).toMatchObject({ state: 'FAILED', failure });
    expect(engine.calls.filter(({ method }) => method === 'deleteIndices')).toEqual([]);
  });

  it('an index that its safety backup does not hold any more, nothing may be deleted', async () => {
    const { engine, history, plan } = await setUp();
    const { deletes } = await plan(deleting);
    const there = await engine.describeIndices([ALERTS, POSITIONS]);
    const written = (safetyBackupId: string | undefined, acceptUnsaved: readonly string[] = []) => {
      const detail = { task: { deletes, safetyBackupId, acceptUnsaved }, memory: { written: false } };
      return writtenSince({ job: { engine, history }, detail } as unknown as RestoreTick, there);
    };
    expect(await written(undefined)).toBeUndefined();
    expect(await written('gone')).toMatchObject({
      code: 'RESTORE_UNSAFE',
      data: { unmeasured: [ALERTS, POSITIONS], unmeasuredCount: 2, written: [] },
    });
    expect(await written('gone', [ALERTS])).toMatchObject({ data: { unmeasured: [POSITIONS], unmeasuredCount: 1 } });
  });
});
