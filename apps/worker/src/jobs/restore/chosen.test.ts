import type { RestoreRequest } from '@tandem/shared/domain/restore/plan/plan-facts.ts';
import { describe, expect, it } from 'vitest';
import { ALERTS, actor, inPlace, POSITIONS, REPOSITORY, RESTORE, setUp } from './restore.fixture.ts';

const ROLLED = 'optimize-variable-update-instance_v2-000001';
const NEXT = 'optimize-variable-update-instance_v2-000002';
const ALIAS = 'optimize-variable-update-instance';
const chosen = (only: readonly string[], more: Partial<RestoreRequest> = {}): RestoreRequest => ({
  ...{ ...inPlace, only, deleteExisting: true, acceptInconsistent: true },
  ...more,
});
const SAVED = { safetyBackupId: `before-restore-${RESTORE}`, safetyRepository: REPOSITORY };

/** The backup `b` also holds an index with a write alias. */
const withAlias = () =>
  setUp({
    prepare: async (engine) => {
      engine.createIndex(ROLLED, 2, { aliases: { [ALIAS]: { is_write_index: true } } });
    },
  });

type World = Awaited<ReturnType<typeof setUp>>;
const uuidOf = async ({ engine }: World, name: string) => (await engine.describeIndices([name]))[0]?.uuid;

describe('a restore of a chosen index', () => {
  it('deletes, saves, restores and reports that one alone', async () => {
    const world = await setUp();
    const { engine } = world;
    engine.write(ALERTS, 4);
    engine.createIndex('optimize-report-archive_v1', 1);
    const before = await Promise.all([POSITIONS, ALERTS].map((name) => uuidOf(world, name)));
    const plan = await world.begin(chosen([ALERTS]), SAVED);
    expect(plan.blockers).toEqual([]);
    expect(plan.deletes.map(({ index }) => index)).toEqual([ALERTS]);
    await world.toTheEnd(RESTORE);

    const { state, report } = await world.restore();
    expect(state).toBe('SUCCEEDED');
    expect(report).toMatchObject({ indices: 1, selection: { indices: [ALERTS], count: 1, skippedParts: [1] } });
    const [positions, alerts] = await Promise.all([POSITIONS, ALERTS].map((name) => uuidOf(world, name)));
    expect(positions).toBe(before[0]);
    expect(alerts).not.toBe(before[1]);
    expect(engine.documentsIn(ALERTS)).toBe(5);
    const safety = await world.history.findBackup(SAVED.safetyBackupId, undefined);
    expect(safety?.parts.map(({ state: one, indices }) => [one, indices])).toEqual([
      ['EMPTY', []],
      ['SUCCESS', [ALERTS]],
    ]);
  });

  it('fails before the deletion where its plan is another by then, and no index is touched', async () => {
    const world = await withAlias();
    await world.begin(chosen([ROLLED]), SAVED);
    world.engine.createIndex(NEXT, 1, { aliases: { [ALIAS]: { is_write_index: true } } });
    const before = await uuidOf(world, ROLLED);
    await world.toTheEnd(RESTORE);
    expect(await world.restore()).toMatchObject({ state: 'FAILED', failure: { code: 'PLAN_CHANGED' } });
    expect(await uuidOf(world, ROLLED)).toBe(before);
  });

  it('is not deleted where another index takes its write alias while it is saved', async () => {
    const world = await withAlias();
    await world.begin(chosen([ROLLED]), SAVED);
    const before = await uuidOf(world, ROLLED);
    world.beforeCall('startSnapshot', 0, async () => {
      world.engine.createIndex(NEXT, 1, { aliases: { [ALIAS]: { is_write_index: true } } });
    });
    await world.toTheEnd(RESTORE);
    expect(await world.restore()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PLAN_CHANGED', message: expect.stringContaining(`${ALIAS} of ${ROLLED}`) },
    });
    expect(await uuidOf(world, ROLLED)).toBe(before);
  });
});

it('comes back without the alias that another index writes to by now, and the others of its part with theirs', async () => {
  const world = await withAlias();
  const { engine } = world;
  engine.deleteIndex(ROLLED);
  engine.deleteIndex(ALERTS);
  engine.createIndex(NEXT, 7, { aliases: { [ALIAS]: { is_write_index: true } } });
  await world.begin(chosen([ALERTS, ROLLED], { deleteExisting: false }));
  await world.toTheEnd(RESTORE);

  const { state, report } = await world.restore();
  expect(state).toBe('SUCCEEDED');
  const add = `POST /_aliases ${JSON.stringify({ actions: [{ add: { index: ROLLED, alias: ALIAS, is_write_index: false } }] })}`;
  const leftOff = { index: ROLLED, alias: ALIAS, writeIndices: [NEXT], add };
  expect(report).toMatchObject({ differing: 0, indices: 2, selection: { aliasesLeftOff: [leftOff] } });
  const facts = await engine.describeIndices([ALERTS, NEXT, ROLLED]);
  expect(facts.map(({ name, aliases }) => [name, Object.keys(aliases)])).toEqual([
    [ALERTS, ['optimize-alert']],
    [ROLLED, []],
    [NEXT, [ALIAS]],
  ]);
  expect(facts.every(({ blocks }) => blocks['index.blocks.write'] === undefined)).toBe(true);
});

it('is rolled back with both calls of its part where it is stopped after the second', async () => {
  const world = await withAlias();
  const { engine } = world;
  engine.deleteIndex(ROLLED);
  engine.deleteIndex(ALERTS);
  engine.createIndex(NEXT, 7, { aliases: { [ALIAS]: { is_write_index: true } } });
  await world.begin(chosen([ALERTS, ROLLED], { deleteExisting: false }));
  const positions = await uuidOf(world, POSITIONS);
  let isStopped = false;
  await world.toTheEnd(RESTORE, () => {
    const isSent = engine.restoring().includes(ALERTS);
    if (isSent && !isStopped) {
      isStopped = true;
      void world.history.stopRestore(RESTORE, { actor, reason: 'the wrong one', requestId: undefined });
    }
    return !isSent;
  });
  expect(isStopped).toBe(true);
  expect(await world.restore()).toMatchObject({ state: 'CANCELLED', failure: { data: { left: [] } } });
  expect(await world.indices('optimize')).toEqual([POSITIONS, NEXT].sort());
  expect(await uuidOf(world, POSITIONS)).toBe(positions);
});
