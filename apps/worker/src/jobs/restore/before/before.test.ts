import type { RestoreTask } from '@tandem/shared/domain/restore/run/restore-memory.ts';
import { safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, inPlace, POSITIONS, REPOSITORY, RESTORE, setUp } from '../restore.fixture.ts';

const deleting = { ...inPlace, deleteExisting: true };

describe('a restore that finds something else than was planned with', () => {
  it('names what is in the way now', async () => {
    const { engine, forget, begin, toTheEnd, restore } = await setUp();
    forget();
    await begin(inPlace);
    engine.createIndex(ALERTS, 1);
    await toTheEnd(RESTORE);
    const { failure } = await restore();
    expect(failure?.code).toBe('PLAN_CHANGED');
    expect(failure?.message).toMatch(/changed after the plan was made\. INDICES_PRESENT: \S.*\. Create a new plan\.$/);
    expect(failure?.data).toMatchObject({ blockers: [{ code: 'INDICES_PRESENT', found: [ALERTS], count: 1 }] });
  });

  it('says so where nothing is in the way', async () => {
    const { engine, begin, toTheEnd, restore } = await setUp();
    await begin(deleting);
    engine.write(ALERTS, 1);
    await toTheEnd(RESTORE);
    const { failure } = await restore();
    expect(failure?.message).toBe(
      'The cluster changed after the plan was made. Its snapshots or indices differ from those of the plan. Create a new plan.',
    );
    expect(failure?.data).toMatchObject({ blockers: [] });
  });

  it('names the index that was made again before it was to be deleted, and deletes none', async () => {
    const { engine, begin, toTheEnd, restore, indices } = await setUp();
    await begin(deleting);
    await toTheEnd(RESTORE, (ticks) => {
      if (ticks === 1) engine.createIndex(ALERTS, 5);
      return undefined;
    });
    const { failure } = await restore();
    expect(failure).toMatchObject({
      code: 'PLAN_CHANGED',
      message: expect.stringContaining(`have been re-created since the plan: ${ALERTS}. They were not deleted`),
      data: { indices: [ALERTS], count: 1, step: 'delete-existing' },
    });
    expect(await indices('optimize')).toEqual([ALERTS, POSITIONS]);
  });
});

const saved = { safetyBackupId: safetyBackupIdOf(RESTORE), safetyRepository: REPOSITORY };

it.each<[string, boolean, Partial<RestoreTask>]>([
  ['safety-backup', true, saved],
  ['delete-existing', true, {}],
  ['parts', false, {}],
])('a restore whose plan still holds goes on with the step %s', async (step, deletes, task) => {
  const { forget, begin, toTheEnd, restore } = await setUp();
  if (!deletes) forget();
  await begin(deletes ? deleting : inPlace, task);
  const steps: string[] = [];
  await toTheEnd(RESTORE, () => {
    void restore().then(({ memory }) => steps.push(memory.step));
    return undefined;
  });
  expect(steps[0]).toBe(step);
});
