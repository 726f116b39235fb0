import type { InMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import type { RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { safetyBackupIdOf } from '@tandem/shared/domain/restore/safety-backup.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, inPlace, PART_2, POSITIONS, REPOSITORY, RESTORE, setUp } from '../restore.fixture.ts';

const SAFETY = safetyBackupIdOf(RESTORE);
const deleting: RestoreRequest = { ...inPlace, deleteExisting: true };
const all: RestoreRequest = { ...deleting, acceptUnsaved: [ALERTS, POSITIONS] };
const saved = { safetyBackupId: SAFETY, safetyRepository: REPOSITORY };

const unsavable: readonly [string, (engine: InMemoryEngine) => void][] = [
  ['is registered as read-only', (engine) => engine.setReadOnly(REPOSITORY, true)],
  ['has a full disk', (engine) => engine.stopWrites(REPOSITORY, 'no space left on device')],
  ['has all the snapshots that it takes', (engine) => engine.limitSnapshots(REPOSITORY, 2)],
];

describe('a restore whose repository takes no safety backup', () => {
  it.each(unsavable)('runs where it %s, once every name is accepted', async (_, harm) => {
    const under = await setUp();
    harm(under.engine);
    expect((await under.plan(deleting)).blockers).toMatchObject([
      { code: 'INDICES_UNSAVABLE', found: [ALERTS, POSITIONS] },
    ]);
    const { blockers } = await under.begin(all);
    expect(blockers).toEqual([]);
    await under.toTheEnd(RESTORE);
    expect(await under.restore()).toMatchObject({
      state: 'SUCCEEDED',
      report: { documents: 8, unsaved: [ALERTS, POSITIONS] },
    });
    expect(under.engine.snapshots(REPOSITORY)).toHaveLength(2);
    expect(await under.history.findBackup(SAFETY, undefined)).toBeUndefined();
  });

  it.each(unsavable)('deletes nothing where it %s since the plan', async (_, harm) => {
    const under = await setUp();
    await under.begin(deleting, saved);
    harm(under.engine);
    await under.toTheEnd(RESTORE);
    const { state, failure } = await under.restore();
    expect({ state, failure }).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PLAN_CHANGED', data: { blockers: [{ code: 'INDICES_UNSAVABLE' }] } },
    });
    expect(await under.indices('optimize')).toEqual([ALERTS, POSITIONS]);
  });

  it.each([
    ['has a full disk', unsavable[1]?.[1]],
    ['has all the snapshots that it takes', (engine: InMemoryEngine) => engine.limitSnapshots(REPOSITORY, 4)],
  ])('goes on where it %s once the safety backup is complete', async (_, harm) => {
    const under = await setUp();
    await under.begin(deleting, saved);
    let isHarmed = false;
    await under.toTheEnd(RESTORE, () => {
      const complete = under.engine.snapshots(REPOSITORY).filter(({ state }) => state === 'SUCCESS').length === 4;
      if (complete && !isHarmed) harm?.(under.engine);
      isHarmed ||= complete;
      return undefined;
    });
    expect(isHarmed).toBe(true);
    expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED', report: { documents: 8 } });
  });

  it('names what it needs where the snapshot is refused after all, before anything is deleted', async () => {
    const under = await setUp();
    await under.begin(deleting, saved);
    under.beforeCall('startSnapshot', 0, async () => under.engine.stopWrites(REPOSITORY, 'no space left on device'));
    await under.toTheEnd(RESTORE);
    const { state, failure } = await under.restore();
    expect({ state, failure }).toMatchObject({
      state: 'FAILED',
      failure: { code: 'RESTORE_UNSAFE', data: { acceptUnsaved: [ALERTS, POSITIONS] } },
    });
    expect(failure?.message).toContain('Nothing was deleted.');
    expect(failure?.message).toContain(`"acceptUnsaved": ${JSON.stringify([ALERTS, POSITIONS])}`);
    expect(await under.indices('optimize')).toEqual([ALERTS, POSITIONS]);
  });

  it('says so where it fails after it has deleted', async () => {
    const under = await setUp();
    under.engine.setReadOnly(REPOSITORY, true);
    under.engine.rotSnapshot(REPOSITORY, PART_2, ALERTS);
    await under.begin(all);
    await under.toTheEnd(RESTORE);
    const { state, failure } = await under.restore();
    expect({ state, failure }).toMatchObject({
      state: 'FAILED',
      failure: { code: 'RESTORE_SHARDS_FAILED', data: { safetyBackupId: null, safetyIntact: null } },
    });
    expect(failure?.message).toContain(
      `No safety backup exists: as accepted, these indices were deleted without one: ${ALERTS}, ${POSITIONS}.`,
    );
  });

  it('stays blocked where it cannot be read, whatever is accepted', async () => {
    const under = await setUp();
    under.engine.breakRepository(REPOSITORY, 'its folder is gone');
    expect((await under.plan(all)).blockers).toMatchObject([{ code: 'REPOSITORY_UNAVAILABLE' }]);
  });
});

describe('a restore of which some indices cannot be saved', () => {
  it('saves the others, and reports which were not', async () => {
    const under = await setUp();
    under.engine.limitSnapshots(REPOSITORY, 3);
    expect((await under.plan(deleting)).blockers).toMatchObject([{ code: 'INDICES_UNSAVABLE' }]);
    await under.begin({ ...deleting, acceptUnsaved: [POSITIONS] }, saved);
    await under.toTheEnd(RESTORE);
    expect(await under.restore()).toMatchObject({ state: 'SUCCEEDED', report: { unsaved: [POSITIONS] } });
    expect(await under.history.findBackup(SAFETY, undefined)).toMatchObject({
      ...{
        state: 'COMPLETED',
        parts: [
          { state: 'EMPTY', indices: [] },
          { state: 'SUCCESS', indices: [ALERTS] },
        ],
      },
    });
  });
});
